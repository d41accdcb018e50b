import { principal } from '../../test/support/grants.js';
import { openState, type StateBinding, sealState } from './request-state.js';

const KEY = new Uint8Array(32).fill(7);
const OLD = new Uint8Array(32).fill(6);
const ID = 'a'.repeat(48);
const END = 1_000_000;
const CALL: StateBinding = {
  principal: principal(),
  tool: 'call_integration_api',
  args: { method: 'PATCH', url: 'https://api.notion.com/v1/pages/1', body: { b: [{ y: 1, x: 2 }], a: null } },
};

const opened = (state: unknown, of: Partial<StateBinding> = {}, now = END - 1, keys: readonly Uint8Array[] = [KEY]) =>
  openState(keys, state, { ...CALL, ...of }, now);

describe('I50: a requestState is ours, for one caller, one tool and one set of arguments, and ends', () => {
  const state = sealState(KEY, ID, END, CALL);

  it('names the access request to the call that it was made for', () => {
    expect(opened(state)).toBe(ID);
  });

  it.each<[string, () => string | null]>([
    ['another request', () => opened(state.replace(ID, 'b'.repeat(48)))],
    ['a later end', () => opened(state.replace(`${END}`, `${END + 1}`))],
    ['no mac', () => opened(state.slice(0, state.lastIndexOf('.')))],
    ['another key’s mac', () => opened(sealState(OLD, ID, END, CALL))],
    ['another version', () => opened(state.replace('v1', 'v2'))],
    ['something behind it', () => opened(`${state}.`)],
    ['no text', () => opened({ state })],
    ['nothing', () => opened(undefined)],
    ['too late', () => opened(state, {}, END)],
    ['another tool', () => opened(state, { tool: 'request_elevated_access' })],
    ['no arguments', () => opened(state, { args: undefined })],
    ['another body', () => opened(state, { args: { ...(CALL.args as object), body: { a: null } } })],
    ['another order in a list', () => opened(state, { args: { ...(CALL.args as object), body: [2, 1] } })],
    ['another user', () => opened(state, { principal: principal({ subject: 'user_bo' }) })],
    ['another organization', () => opened(state, { principal: principal({ organization: null }) })],
    ['another client', () => opened(state, { principal: principal({ clientId: 'client_two' }) })],
    ['another sign-in of the same client', () => opened(state, { principal: principal({ sid: 'sid_2' }) })],
    ['another issuer', () => opened(state, { principal: principal({ issuer: 'https://other.example' }) })],
  ])('%s opens nothing', (_, open) => {
    expect(open()).toBeNull();
  });

  it.each(Array.from({ length: 43 }, (_, index) => index + 1))(
    'nothing opens with character %d from the end changed',
    (back) => {
      const at = state.length - back;
      const other = state[at] === 'A' ? 'B' : 'A';
      expect(opened(state.slice(0, at) + other + state.slice(at + 1))).toBeNull();
    },
  );

  it('members of an object may come in another order', () => {
    const body = { a: null, b: [{ x: 2, y: 1 }] };
    expect(opened(state, { args: { body, url: 'https://api.notion.com/v1/pages/1', method: 'PATCH' } })).toBe(ID);
  });

  it('half of a surrogate pair, and a member that is named like a method, are arguments like others', () => {
    const args = { reason: '\ud800', body: { toString: 1, __proto__: 2 } };
    expect(opened(sealState(KEY, ID, END, { ...CALL, args }), { args })).toBe(ID);
  });

  it('opens under a key that was replaced', () => {
    expect(opened(sealState(OLD, ID, END, CALL), {}, 0, [KEY, OLD])).toBe(ID);
  });
});
