import type { IncomingHttpHeaders } from 'node:http';

/** A request whose token was the right one. `target` is the path with its query. */
export interface ApiRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly person: { readonly id: string; readonly name: string; readonly email: string };
}

export interface ApiAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One small API of a provider. Each organization, and each person without one, has a workspace of their own. */
export interface ProviderApi<Workspace> {
  readonly slug: string;
  readonly host: string;
  readonly newWorkspace: () => Workspace;
  /** Changes of `workspace` are kept. */
  answer(request: ApiRequest, workspace: Workspace): ApiAnswer | Promise<ApiAnswer>;
  /** The provider's own form of a refusal. */
  refusal(status: 401 | 429 | 500): unknown;
}

/** The body as a JSON object, or `null` when it is none. */
export function jsonObject(body: Buffer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
