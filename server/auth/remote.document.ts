const TIMEOUT_MS = 3_000;
const MAX_BYTES = 1024 * 1024;

/**
 * Reads a JSON document of the authorization server: no redirects, at most 3 s and 1 MiB.
 * @throws Error for every answer that is not such a document.
 */
export async function fetchDocument(url: string): Promise<unknown> {
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw new Error(`The document answered ${response.status}.`);
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the body.
    if (bytes > MAX_BYTES) throw new Error('The document is too large.');
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
