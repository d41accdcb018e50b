import { MARK, toolIcon } from './icons.js';
import { PROMPT_TITLES } from './text/guide.text.js';

interface Listed {
  readonly name: string;
  readonly annotations?: { readonly title?: string };
}

type Handler = (...parts: readonly unknown[]) => unknown;

/** mcp-nest lists tools and prompts without titles and icons: they are added to what it answers. */
const ADD: Readonly<Record<string, (result: Record<string, readonly Listed[]>) => unknown>> = {
  'tools/list': (result) => ({
    ...result,
    tools: result.tools?.map((tool) => ({ ...tool, title: tool.annotations?.title, icons: [toolIcon(tool.name)] })),
  }),
  'prompts/list': (result) => ({
    ...result,
    prompts: result.prompts?.map((prompt) => {
      const title = PROMPT_TITLES[prompt.name];
      return title === undefined ? prompt : { ...prompt, title, icons: [MARK] };
    }),
  }),
};

/** Called for each request's server before mcp-nest gives it its handlers. */
export function withTitles<Server extends { readonly server: object }>(server: Server): Server {
  const inner = server.server as { setRequestHandler: (method: string, handler: Handler) => void };
  const set = inner.setRequestHandler.bind(inner);
  inner.setRequestHandler = (method, handler) => {
    const add = ADD[method];
    set(
      method,
      add ? async (...parts) => add((await handler(...parts)) as Record<string, readonly Listed[]>) : handler,
    );
  };
  return server;
}
