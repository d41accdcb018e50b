import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ICON, withTitles } from './listing.js';

it('our mark is the page’s, small enough to go with every answer of 2026-07-28', () => {
  const page = readFileSync(join(__dirname, '..', '..', 'web', 'src', 'style', 'mark.svg'), 'utf8');
  const here = decodeURIComponent(ICON.src.slice(ICON.src.indexOf(',') + 1));
  for (const part of [/ d=.([^'"]+)/, /stroke=.([^'"]+)/]) expect(part.exec(here)?.[1]).toBe(part.exec(page)?.[1]);
  expect(ICON.src.length).toBeLessThan(300);
  // RFC 3986 §2: what may stand in a URI as it is.
  expect(ICON.src).toMatch(/^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/);
});

describe('T12: what mcp-nest lists gets titles', () => {
  type Handler = (...parts: unknown[]) => Promise<unknown>;

  /** A server as mcp-nest fills it, and what it then answers. */
  function listing(method: string, answer: unknown): Promise<unknown> {
    const handlers = new Map<string, Handler>();
    const server = {
      setRequestHandler(name: string, handler: Handler) {
        handlers.set(name, handler);
      },
    };
    withTitles({ server }).server.setRequestHandler(method, async () => answer);
    return (handlers.get(method) as Handler)();
  }

  it('a tool has the title of its annotations', async () => {
    const tool = { name: 'whoami', annotations: { title: 'Who am I' } };
    expect(await listing('tools/list', { tools: [tool] })).toEqual({ tools: [{ ...tool, title: 'Who am I' }] });
  });

  it('our prompt has its title and our mark, another one has neither', async () => {
    const prompts = [{ name: 'use_api' }, { name: 'other' }];
    expect(await listing('prompts/list', { prompts })).toEqual({
      prompts: [{ name: 'use_api', title: 'Use an API through Countersign', icons: [ICON] }, { name: 'other' }],
    });
  });

  it('every other answer stays as it is', async () => {
    expect(await listing('tools/call', { tools: 1 })).toEqual({ tools: 1 });
  });
});
