import type { RecordedRequest } from '../../server/sandbox/request-log.js';

/** What the sandbox's provider APIs really received. */
export async function receivedBy(sandboxUrl: string, slug: string): Promise<RecordedRequest[]> {
  const response = await fetch(`${sandboxUrl}/sandbox/requests?slug=${slug}`);
  return (await response.json()) as RecordedRequest[];
}

export async function forgetRequests(sandboxUrl: string): Promise<void> {
  await fetch(`${sandboxUrl}/sandbox/requests`, { method: 'DELETE' });
}

/** Switches a fault of the sandbox on. */
export async function fault(sandboxUrl: string, body: Record<string, unknown>): Promise<void> {
  const response = await fetch(`${sandboxUrl}/sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
}

export async function noFaults(sandboxUrl: string): Promise<void> {
  await fetch(`${sandboxUrl}/sandbox/faults`, { method: 'DELETE' });
}

export function bytesOf(request: RecordedRequest): string {
  return Buffer.from(request.body, 'base64').toString('utf8');
}

export function headerOf(request: RecordedRequest, name: string): string | undefined {
  return request.headers.find(([header]) => header.toLowerCase() === name)?.[1];
}
