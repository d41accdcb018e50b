import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Connections } from '../api/connections.js';
import { strike } from '../api/faulty-answer.js';
import type { Faults } from '../faults.js';
import type { SandboxKeys } from '../keys.js';
import type { RecordedRequest, RequestLog } from '../request-log.js';
import type { SandboxConnection, SandboxState } from '../sandbox-state.js';
import { userOf } from '../seed.js';
import type { ApiAnswer, ProviderApi } from './provider-api.js';

const MAX_BODY = 8 * 1024 * 1024;

/** Serves one provider's API over TLS: records every request, checks whose token it is, keeps the workspace. */
export class ProviderServer<Workspace> {
  readonly #server: Server;

  constructor(
    private readonly api: ProviderApi<Workspace>,
    keys: SandboxKeys,
    private readonly state: SandboxState,
    private readonly connections: Connections,
    private readonly faults: Faults,
    private readonly log: RequestLog,
  ) {
    this.#server = createServer({ key: keys.tlsKey, cert: keys.tlsCertificate }, (req, res) => {
      this.#handle(req, res).catch(() => res.destroy());
    });
  }

  /** Listens on a free port of 127.0.0.1. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const body = await read(req);
    const token = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1];
    const connection = token === undefined ? undefined : this.connections.byToken(this.api.slug, token);
    this.#record(req, body, connection);
    const fault = this.faults.find('provider', connection?.userId, this.api.slug);
    if (fault?.kind === '429' || fault?.kind === '500') {
      const status = fault.kind === '429' ? 429 : 500;
      const headers: Record<string, string> = status === 429 ? { 'retry-after': '2' } : {};
      return send(res, { status, body: this.api.refusal(status), headers });
    }
    if (fault && (await strike(fault, req, res))) return;
    if (!connection) return send(res, { status: 401, body: this.api.refusal(401) });
    send(res, await this.#answer(req, body, connection));
  }

  async #answer(req: IncomingMessage, body: Buffer, connection: SandboxConnection): Promise<ApiAnswer> {
    const user = userOf(connection.userId)!;
    const key = `${this.api.slug} ${connection.organizationId ?? connection.userId}`;
    const workspaces = this.state.data.workspaces as Record<string, Workspace>;
    workspaces[key] ??= this.api.newWorkspace();
    const request = {
      method: req.method ?? 'GET',
      url: new URL(req.url ?? '/', `https://${this.api.host}`),
      headers: req.headers,
      body,
      person: { id: user.id, name: `${user.firstName} ${user.lastName}`, email: user.email },
    };
    const answer = await this.api.answer(request, workspaces[key]);
    this.state.changed();
    return answer;
  }

  #record(req: IncomingMessage, body: Buffer, connection: SandboxConnection | undefined): void {
    const token: RecordedRequest['token'] =
      req.headers.authorization === undefined ? 'absent' : connection ? 'matches' : 'does not match';
    const headers: [string, string][] = [];
    for (let index = 0; index < req.rawHeaders.length; index += 2) {
      const name = req.rawHeaders[index]!;
      headers.push([name, name.toLowerCase() === 'authorization' ? token : req.rawHeaders[index + 1]!]);
    }
    this.log.append({
      at: Date.now(),
      slug: this.api.slug,
      host: req.headers.host ?? '',
      method: req.method ?? '',
      target: req.url ?? '',
      headers,
      body: body.toString('base64'),
      token,
      userId: connection?.userId ?? null,
      organizationId: connection?.organizationId ?? null,
    });
  }
}

function send(res: ServerResponse, { status, body, headers = {} }: ApiAnswer): void {
  const bytes = body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body));
  const type = body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
  res.writeHead(status, { ...type, 'content-length': bytes.length, ...headers });
  res.end(bytes);
}

async function read(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) throw new Error('The body is too large for the sandbox.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
