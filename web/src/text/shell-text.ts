import { foreign, type Phrase } from './phrase.js';

/** Texts of the pages at a request's address that show no request. */
export const shellText = {
  loading: 'Loading the request',
  signIn: {
    title: 'Sign in to read and decide',
    lede: 'If a request waits at this address, only the account that it is for can see it.',
    hint: 'You come back to this page. Signing in does not approve anything.',
    after: 'Did you not expect this? Close the page. Without your decision nothing is allowed.',
  },
  notFound: {
    title: 'There is no request here for this account',
    lede: 'The link is incomplete, the request has ended long ago, or it belongs to another account.',
    hint: 'Countersign says the same for every address that is not yours, so that nobody can find out what exists.',
  },
  otherOrganization: {
    title: 'This request is for another organization',
    lede: 'You are signed in with the right account, in another organization. Nothing was allowed.',
    hint: 'You come back to this page. Switching does not approve anything.',
  },
} as const;

export function switchTo(name: string): Phrase {
  return ['Switch to ', foreign(name)];
}

export const brokenText = {
  title: 'This page could not be loaded',
  lede: 'A part of it did not arrive. What you decided may have been taken. Load the page again to see what the server says.',
  reload: 'Load again',
} as const;
