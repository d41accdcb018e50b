import { foreign, type Phrase } from './phrase.js';

export const connectPageText = {
  windowTitle: 'Connect an account',
  signIn: {
    title: 'Sign in to connect an account',
    lede: 'An assistant sent you here because an account of yours is not connected yet.',
    hint: 'You come back to this page. Signing in does not connect or approve anything.',
  },
  asks: 'An assistant sent you here because it needs this account. Connecting it allows nothing yet: each use still needs your approval.',
  isConnected: 'Nothing is to be done here. You can go back to your assistant.',
  hint: 'Connecting does not approve anything.',
  missing: 'Your organization has not switched this integration on',
  missingLede: 'The address may be incomplete, or an administrator has switched the integration off.',
} as const;

export function connectPageTitle(name: string, state: 'connected' | 'needs_reauthorization' | 'not_connected'): Phrase {
  if (state === 'connected') return [foreign(name), ' is connected'];
  return ['Connect your ', foreign(name), state === 'not_connected' ? ' account?' : ' account again?'];
}
