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
  return sealData(sealed, { password: passwordOf(keys.current('seal')), ttl: SIGN_IN_MS / 1000 });
}

/** `null` for what we did not seal, sealed for something else, or sealed more than ten minutes ago. */
export async function openFlow(keys: Keys, sealed: string): Promise<SignInFlow | null> {
  for (const key of keys.all('seal')) {
    const opened = await unsealData(sealed, { password: passwordOf(key), ttl: SIGN_IN_MS / 1000 }).catch(() => null);
    const parsed = flow.safeParse(opened);
    if (parsed.success) return parsed.data;
  }
  return null;
}

/** iron-session numbers passwords, and a number would mean another key after each rotation: it gets one at a time. */
function passwordOf(key: Uint8Array): string {
  return Buffer.from(key).toString('hex');
}
