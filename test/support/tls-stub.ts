import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import type { AddressInfo, Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import * as x509 from '@peculiar/x509';
import { exportPKCS8 } from 'jose';

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

export interface TlsStub {
  readonly port: number;
  readonly ca: string;
  /** Every byte that each connection has sent, in order of connecting. */
  readonly received: readonly Buffer[];
  readonly connections: () => number;
  close(): Promise<void>;
}

/** A raw TLS server that plays a provider's host. `answer` is called with all bytes of a connection whenever more have come. */
export async function tlsStub(
  hosts: readonly string[],
  answer: (socket: TLSSocket, received: Buffer) => void,
): Promise<TlsStub> {
  const pair = () => webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>;
  const [authority, server] = await Promise.all([pair(), pair()]);
  const validity = { notBefore: new Date(Date.now() - 86_400_000), notAfter: new Date(Date.now() + 86_400_000) };
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=Test authority',
    ...validity,
    signingAlgorithm: EC,
    keys: authority,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
  });
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: '02',
    subject: 'CN=Test provider',
    issuer: ca.subject,
    ...validity,
    signingAlgorithm: EC,
    publicKey: server.publicKey,
    signingKey: authority.privateKey,
    extensions: [new x509.SubjectAlternativeNameExtension(hosts.map((value) => ({ type: 'dns' as const, value })))],
  });
  const received: Buffer[] = [];
  const open = new Set<Socket>();
  const tls = createServer(
    { key: await exportPKCS8(server.privateKey), cert: certificate.toString('pem') },
    (socket) => {
      const index = received.push(Buffer.alloc(0)) - 1;
      socket.on('error', () => socket.destroy());
      socket.on('data', (chunk) => {
        const whole = Buffer.concat([received[index] as Buffer, chunk]);
        received[index] = whole;
        answer(socket, whole);
      });
    },
  );
  tls.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  tls.on('tlsClientError', () => undefined);
  let connections = 0;
  tls.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
  return {
    port: (tls.address() as AddressInfo).port,
    ca: ca.toString('pem'),
    received,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        tls.close(() => resolve());
      }),
  };
}
