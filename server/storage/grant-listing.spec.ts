import { callQuestion, decline, emptyView, SETTINGS } from '../../test/support/grants.js';
import type { GrantQuery } from '../grants/grant-store.port.js';
import { transition } from '../grants/lifecycle.js';
import { ask } from '../grants/question.js';
import { gather, positionOf, STRETCH } from './grant-listing.js';

const NOW = 1_700_000_000_000;
const MOMENT = { now: NOW, epoch: 'epoch-1' };

/** Ten stretches, all of the same grant. */
function reader() {
  const asked = ask(emptyView(NOW), callQuestion(), SETTINGS, 0);
  if ('existing' in asked) throw new Error('not a new request');
  const { grant } = transition(asked.grant, decline, MOMENT);
  const befores: (string | null)[] = [];
  const read = async (before: string | null) => {
    befores.push(before);
    const last = befores.length < 10 ? positionOf(grant) : null;
    return { moment: MOMENT, grants: Array.from({ length: STRETCH }, () => grant), last };
  };
  const pageOf = async (query: Partial<GrantQuery>) => {
    befores.length = 0;
    const { total } = await gather({ state: 'ended', limit: 50, ...query }, read);
    return { total, reads: befores.length };
  };
  return { pageOf, cursor: positionOf(grant) };
}

describe('a page is read no further than it takes', () => {
  it('to the end when it is counted, which only a first page is; else until it is full', async () => {
    const { pageOf, cursor } = reader();
    expect(await pageOf({ isCounted: true })).toEqual({ total: 10 * STRETCH, reads: 10 });
    expect(await pageOf({ isCounted: true, cursor })).toEqual({ total: null, reads: 1 });
    expect(await pageOf({})).toEqual({ total: null, reads: 1 });
  });
});
