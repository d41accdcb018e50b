import type { SignIn } from '../../server/auth/identity.port.js';
import type { AuthApp } from './auth-app.js';
import { signInOf } from './auth-fakes.js';
import type { RawAnswer } from './raw-http.js';

/** Cookies as a browser would send them back. */
export function cookiesOf(answer: RawAnswer): string[] {
  return (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]!);
}

export function stateOf(begun: RawAnswer): string {
  return new URL(begun.headers.location!).searchParams.get('state')!;
}

export interface SignedInBrowser {
  /** The `Cookie` header. */
  readonly cookie: string;
  /** Id of the server's row. */
  readonly id: string;
}

/** Goes through the whole sign-in. */
export async function signIn(
  app: AuthApp,
  options: { signIn?: Partial<SignIn>; query?: string; cookie?: string } = {},
): Promise<SignedInBrowser> {
  const before: Record<string, string> = options.cookie === undefined ? {} : { Cookie: options.cookie };
  const begun = await app.send({ path: `/login${options.query ?? ''}`, headers: before });
  app.identity.codes.set('good-code', signInOf(options.signIn));
  const headers = { Cookie: cookiesOf(begun).join('; ') };
  const finished = await app.send({ path: `/callback?code=good-code&state=${stateOf(begun)}`, headers });
  const cookie = cookiesOf(finished).find((one) => /pipes_session=./.test(one))!;
  return { cookie, id: [...app.sessions.rows.keys()].at(-1)! };
}
