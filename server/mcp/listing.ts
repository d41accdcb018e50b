import { PROMPT_TITLES } from './text/guide.text.js';

/**
 * Our mark, in the listings themselves: clients take icons from `https:` and `data:` addresses alone, and the sandbox is on neither
 * of the former. The same lines as `web/src/style/mark.svg`.
 */
export const ICON = {
  src:
    'data:image/svg+xml,' +
    encodeURIComponent(
      "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='#1f4199' stroke-width='2'>" +
        "<path d='M4 20h16M6 15l3 3L15 5M12.5 15.5l1.8 1.8L20 6'/></svg>",
    ).replace(/%(?:2F|3A|3D|27)/g, decodeURIComponent),
  mimeType: 'image/svg+xml',
};

interface Listed {
  readonly name: string;
  readonly annotations?: { readonly title?: string };
}

type Handler = (...parts: readonly unknown[]) => unknown;

/**
 * mcp-nest lists tools and prompts without titles and icons: they are added to what it answers. The tools are the server's own and show
 * its mark: one for each would be a fifth of a list that every client loads.
 */
const ADD: Readonly<Record<string, (result: Record<string, readonly Listed[]>) => unknown>> = {
  'tools/list': (result) => ({
    ...result,
    tools: result.tools?.map((tool) => ({ ...tool, title: tool.annotations?.title })),
  }),
  'prompts/list': (result) => ({
    ...result,
    prompts: result.prompts?.map((prompt) => {
      const title = PROMPT_TITLES[prompt.name];
      return title === undefined ? prompt : { ...prompt, title, icons: [ICON] };
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
