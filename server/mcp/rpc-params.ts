import { specTypeSchemas } from '@modelcontextprotocol/server';

const NAMED_MAX = 10;
const NAME_MAX = 64;

const VERSION_OF_REQUEST = 'io.modelcontextprotocol/protocolVersion';

/** Methods that are served here and whose parameters the SDK refuses as an internal error; those of `tools/call` it refuses rightly. */
const REQUESTS = {
  initialize: specTypeSchemas.InitializeRequest,
  'tools/list': specTypeSchemas.ListToolsRequest,
  'prompts/list': specTypeSchemas.ListPromptsRequest,
  'prompts/get': specTypeSchemas.GetPromptRequest,
  'resources/list': specTypeSchemas.ListResourcesRequest,
  'resources/templates/list': specTypeSchemas.ListResourceTemplatesRequest,
  'resources/read': specTypeSchemas.ReadResourceRequest,
} as const;

/**
 * What is wrong with the parameters of a request, if that is all that is wrong with it. `_meta` and what is no message are left to the SDK,
 * which knows what each revision says of them. Repeats no value.
 */
export function wrongParams(message: object): string | null {
  const { method, params = {} } = message as { method?: unknown; params?: unknown };
  if (typeof method !== 'string' || !Object.hasOwn(REQUESTS, method) || !isObject(params)) return null;
  const { _meta, ...own } = params;
  // 2026-07-28 has no such method.
  if (method === 'initialize' && isObject(_meta) && VERSION_OF_REQUEST in _meta) return null;
  const result = REQUESTS[method as keyof typeof REQUESTS]['~standard'].validate({ method, params: own });
  if (result instanceof Promise || result.issues === undefined) return null;
  const named = result.issues.slice(0, NAMED_MAX);
  return named.map(({ path = [], message: what }) => `${path.join('.').slice(0, NAME_MAX)}: ${what}`).join('; ');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
