import 'reflect-metadata';
import { createHash, type JsonWebKey, webcrypto, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { exportJWK, exportPKCS8, importPKCS8 } from 'jose';
import { ulid } from './ulid.js';

export interface SandboxKeys {
  /** Signs AuthKit's and user management's tokens. PKCS 8. */
  readonly signing: string;
  readonly signingCertificate: string;
  readonly kid: string;
  /** PEM. The only authority that the application trusts for the sandbox's provider hosts. */
  readonly ca: string;
  readonly tlsKey: string;
  readonly tlsCertificate: string;
  readonly tlsHosts: readonly string[];
}

/** RFC 7517 key as WorkOS publishes it, certificate included. */
export interface PublicJwk {
  readonly kty: 'RSA';
  readonly alg: 'RS256';
  readonly use: 'sig';
  readonly kid: string;
  readonly n: string;
  readonly e: string;
  readonly x5c: readonly string[];
  readonly 'x5t#S256': string;
}

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};
const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const YEAR_MS = 365 * 86_400_000;

const pair = (algorithm: typeof RSA | typeof EC) =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>;

const validity = () => ({
  notBefore: new Date(Date.now() - 86_400_000),
  notAfter: new Date(Date.now() + 10 * YEAR_MS),
});

/** New keys for one data folder. The authority's private key is thrown away: it signs one certificate, here. */
export async function generateKeys(tlsHosts: readonly string[]): Promise<SandboxKeys> {
  const [signing, authority, tls] = await Promise.all([pair(RSA), pair(EC), pair(EC)]);
  const signingCertificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=Countersign sandbox token signing',
    ...validity(),
    signingAlgorithm: RSA,
    keys: signing,
  });
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '02',
    name: 'CN=Countersign sandbox authority',
    ...validity(),
    signingAlgorithm: EC,
    keys: authority,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(authority.publicKey),
    ],
  });
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: '03',
    subject: 'CN=Countersign sandbox providers',
    issuer: ca.subject,
    ...validity(),
    signingAlgorithm: EC,
    publicKey: tls.publicKey,
    signingKey: authority.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(tlsHosts.map((value) => ({ type: 'dns' as const, value }))),
      await x509.AuthorityKeyIdentifierExtension.create(authority.publicKey),
    ],
  });
  return {
    signing: await exportPKCS8(signing.privateKey),
    signingCertificate: signingCertificate.toString('pem'),
    kid: `sso_oidc_key_pair_${ulid()}`,
    ca: ca.toString('pem'),
    tlsKey: await exportPKCS8(tls.privateKey),
    tlsCertificate: certificate.toString('pem'),
    tlsHosts,
  };
}

export const signingKey = (keys: SandboxKeys) => importPKCS8(keys.signing, 'RS256', { extractable: true });

/** The private key with its id, in the form that oidc-provider takes. */
export async function privateJwk(keys: SandboxKeys): Promise<JsonWebKey> {
  return { ...(await exportJWK(await signingKey(keys))), alg: 'RS256', use: 'sig', kid: keys.kid };
}

export async function publicJwk(keys: SandboxKeys): Promise<PublicJwk> {
  const { n, e } = await exportJWK(await signingKey(keys));
  const der = new X509Certificate(keys.signingCertificate).raw;
  return {
    kty: 'RSA',
    alg: 'RS256',
    use: 'sig',
    kid: keys.kid,
    n: n!,
    e: e!,
    x5c: [der.toString('base64')],
    'x5t#S256': createHash('sha256').update(der).digest('base64url'),
  };
}
