import { MARK, toolIcon } from './icons.js';
import { withTitles } from './listing.js';

describe('T12: what mcp-nest lists gets titles and icons', () => {
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

  it('a tool has the title of its annotations, and its icon', async () => {
    const tool = { name: 'whoami', annotations: { title: 'Who am I' } };
    expect(await listing('tools/list', { tools: [tool] })).toEqual({
      tools: [{ ...tool, title: 'Who am I', icons: [toolIcon('whoami')] }],
    });
  });

  it('our prompt has its title and our mark, another one has neither', async () => {
    const prompts = [{ name: 'use_api' }, { name: 'other' }];
    expect(await listing('prompts/list', { prompts })).toEqual({
      prompts: [{ name: 'use_api', title: 'Use an API through Countersign', icons: [MARK] }, { name: 'other' }],
    });
  });

  it('every other answer stays as it is', async () => {
    expect(await listing('tools/call', { tools: 1 })).toEqual({ tools: 1 });
  });
});
