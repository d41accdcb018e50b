import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { type Sandbox, startSandbox } from '../sandbox.js';
import { SandboxSettings } from '../settings.js';
import { mayReadClientDocument } from './client-documents.js';

describe('clients that are known by a document of their own', () => {
  const dataDir = mkdtempSync(`${tmpdir()}/sandbox-documents-`);
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({
      dataDir,
      port: 0,
      mcpResource: 'http://localhost:5711/mcp',
      appOrigin: 'http://localhost:5711',
      redirectUri: 'http://localhost:5711/callback',
      log: () => undefined,
    });
  });
  afterAll(async () => {
    await sandbox.close();
    rmSync(dataDir, { recursive: true });
  });
  afterEach(() => jest.restoreAllMocks());

  const set = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${sandbox.issuer}/sandbox/settings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const isAnnounced = async (name: string) => {
    const answer = await fetch(`${sandbox.issuer}/.well-known/${name}`);
    return ((await answer.json()) as Record<string, unknown>).client_id_metadata_document_supported ?? false;
  };
  const authorize = (clientId: string) => {
    const query = {
      client_id: clientId,
      response_type: 'code',
      redirect_uri: 'http://127.0.0.1:39999/callback',
      code_challenge: 'a'.repeat(43),
      code_challenge_method: 'S256',
    };
    return fetch(`${sandbox.issuer}/oauth2/authorize?${new URLSearchParams(query)}`, { redirect: 'manual' });
  };

  it.each([
    ['https://client.example/client.json', false],
    ['https://10.0.0.1/client.json', false],
    ['https://169.254.169.254/latest', false],
    ['https://localhost.client.example/client.json', false],
    ['https://localhost:8443/client.json', true],
    ['https://127.0.0.1/client.json', true],
    ['https://[::1]/client.json', true],
  ])('%s may be read: %s', (url, expected) => {
    const settings = new SandboxSettings();
    expect(mayReadClientDocument(settings, url)).toBe(false);
    settings.clientIdMetadataDocuments = true;
    expect(mayReadClientDocument(settings, url)).toBe(expected);
  });

  it('are announced in both metadata documents when that is switched on, as in WorkOS’s dashboard', async () => {
    const names = ['oauth-authorization-server', 'openid-configuration'];
    expect(await Promise.all(names.map(isAnnounced))).toEqual([false, false]);
    expect((await set({ clientIdMetadataDocuments: true })).status).toBe(204);
    expect(await Promise.all(names.map(isAnnounced))).toEqual([true, true]);
  });

  it('make the sandbox ask nobody outside of this machine', async () => {
    await set({ clientIdMetadataDocuments: true });
    const asked = jest.spyOn(globalThis, 'fetch');
    const answer = await authorize('https://client.example/client.json');
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('not allowed')]);
    expect(asked.mock.calls.map(([url]) => String(url)).filter((url) => url.startsWith('https:'))).toEqual([]);
  });

  it('are unknown while it is switched off', async () => {
    await set({ clientIdMetadataDocuments: false });
    expect((await authorize('https://localhost:1/client.json')).status).toBe(400);
  });

  it('are switched by programs alone, and by nothing that is not understood', async () => {
    const body = { clientIdMetadataDocuments: true };
    expect((await set(body, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await set({ ...body, more: 1 })).status).toBe(400);
    const settings = await fetch(`${sandbox.issuer}/sandbox/settings`);
    expect(await settings.json()).toEqual({ clientIdMetadataDocuments: false });
  });
});
