import { codeOf, principal } from '../../test/support/grants.js';
import { contextOf, FakeResponse } from '../../test/support/mcp-call.js';
import { toolCall } from './sdk-context.js';

afterEach(() => jest.restoreAllMocks());

describe('who calls', () => {
  it('is who the guard verified', () => {
    expect(toolCall(contextOf().context).principal).toEqual(principal());
  });

  it.each([
    ['nobody', {}],
    ['a principal that is none', { principal: undefined }],
  ])('I3: %s gets nothing', (_, extra) => {
    const refusal = () => {
      try {
        return toolCall(contextOf({ extra }).context).principal;
      } catch (error) {
        return codeOf(error);
      }
    };
    expect(refusal()).toBe('not_signed_in');
  });

  it.each([
    ['nothing', undefined, undefined],
    ['no name', {}, undefined],
    ['a number', { name: 7 }, undefined],
    ['white space', { name: ' \n' }, undefined],
    ['a name', { name: ' Claude Code ' }, 'Claude Code'],
    ['a name without end', { name: 'x'.repeat(5_000) }, 'x'.repeat(100)],
  ])('mistake 13: what a client calls itself in each request is kept short: %s', (_, clientInfo, kept) => {
    expect(toolCall(contextOf({ clientInfo }).context).clientName).toBe(kept);
  });
});

describe('the signal of a call', () => {
  it('is quiet while nothing happens', () => {
    expect(toolCall(contextOf({ response: new FakeResponse() }).context).signal.aborted).toBe(false);
  });

  it('follows the SDK', () => {
    const client = new AbortController();
    const { signal } = toolCall(contextOf({ signal: client.signal }).context);
    client.abort();
    expect(signal.aborted).toBe(true);
  });

  it.each([
    { when: 'the client goes before its answer', isFinished: false, stateless: true, aborted: true },
    { when: 'the answer is complete', isFinished: true, stateless: true, aborted: false },
    { when: 'the response is not this call’s own', isFinished: false, stateless: false, aborted: false },
  ])('when $when: $aborted', ({ isFinished, stateless, aborted }) => {
    const response = new FakeResponse();
    const { signal } = toolCall(contextOf({ response, stateless }).context);
    response.close(isFinished);
    expect(signal.aborted).toBe(aborted);
  });

  it('has been given when the client had gone before the tool began', () => {
    const response = new FakeResponse();
    response.close(false);
    expect(toolCall(contextOf({ response }).context).signal.aborted).toBe(true);
  });

  it('ends before clients give up after 60 s, and after the 30 s that a provider may take', () => {
    const deadline = new AbortController();
    const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(deadline.signal);
    const { signal } = toolCall(contextOf().context);
    const [ms] = timeout.mock.calls[0] ?? [0];
    expect(ms).toBeLessThan(60_000);
    expect(ms).toBeGreaterThan(30_000);
    expect(signal.aborted).toBe(false);
    deadline.abort();
    expect(signal.aborted).toBe(true);
  });
});

describe('progress', () => {
  it('goes to who asked for it', async () => {
    const { context, sent } = contextOf({ progressToken: 'p-1' });
    await toolCall(context).progress(5, 'Waiting');
    expect(sent).toEqual([
      { method: 'notifications/progress', params: { progressToken: 'p-1', progress: 5, message: 'Waiting' } },
    ]);
  });

  it('and to nobody else', async () => {
    const { context, sent } = contextOf();
    await toolCall(context).progress(5, 'Waiting');
    expect(sent).toEqual([]);
  });
});
