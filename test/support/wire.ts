import { receivedBy } from './provider-log.js';

const SLUGS = ['linear', 'notion', 'snowflake'] as const;

/** What one test says that a provider's API received. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly body: string;
}

export type SentBySlug = Partial<Record<(typeof SLUGS)[number], readonly Sent[]>>;

/** Every provider's API received what is declared, byte for byte and in this order, and nothing else. */
export async function expectReceived(sandboxUrl: string, declared: SentBySlug): Promise<void> {
  const lists = await Promise.all(SLUGS.map((slug) => receivedBy(sandboxUrl, slug)));
  const received = lists.map((list) =>
    list.map(({ method, host, target, body }) => ({ method, url: `https://${host}${target}`, body: bytes(body) })),
  );
  const expected = SLUGS.map((slug) =>
    (declared[slug] ?? []).map((sent) => ({ ...sent, body: bytesOfText(sent.body) })),
  );
  expect(received).toEqual(expected);
}

/** One character for each byte, so that other bytes are never the same text, as they can be in UTF-8. */
function bytes(base64: string): string {
  return Buffer.from(base64, 'base64').toString('latin1');
}

function bytesOfText(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
