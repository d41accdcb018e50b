import { sealData, unsealData } from 'iron-session';
import { z } from 'zod';
import { SIGN_IN_MS } from './http.cookies.js';
import type { Keys } from './keys.js';

const flow = z.object({
  purpose: z.literal('sign-in'),
  state: z.string().min(1),
  codeVerifier: z.string().min(1),
  returnTo: z.string(),
  /** Row of the session that this browser had when it began: the new one takes its place. */
  replaces: z.string().nullable(),
});

/** A sign-in under way. It lives in a sealed cookie of the browser that began it, and nowhere else. */
export type SignInFlow = Omit<z.infer<typeof flow>, 'purpose'>;

export function sealFlow(keys: Keys, value: SignInFlow): Promise<string> {
  const sealed: z.infer<typeof flow> = { purpose: 'sign-in', ...value };
  return sealData(sealed, { password: passwords(keys), ttl: SIGN_IN_MS / 1000 });
}

/** `null` for what we did not seal, sealed for something else, or sealed more than ten minutes ago. */
export async function openFlow(keys: Keys, sealed: string): Promise<SignInFlow | null> {
  try {
    return flow.parse(await unsealData(sealed, { password: passwords(keys), ttl: SIGN_IN_MS / 1000 }));
  } catch {
    return null;
  }
}

/** iron-session seals with the highest number and opens with any. */
function passwords(keys: Keys): Record<string, string> {
  const oldestFirst = [...keys.all('seal')].reverse();
  return Object.fromEntries(oldestFirst.map((key, index) => [index + 1, Buffer.from(key).toString('hex')]));
}
