import type { Dispatcher } from 'undici';
import { ExchangeHandler } from './exchange.handler.js';

function controller(): Dispatcher.DispatchController & { readonly aborts: unknown[] } {
  const aborts: unknown[] = [];
  return {
    aborts,
    aborted: false,
    paused: false,
    reason: null,
    rawHeaders: null,
    rawTrailers: null,
    abort: (reason) => aborts.push(reason),
    pause: () => undefined,
    resume: () => undefined,
  };
}

describe('one exchange', () => {
  it('mistake 20: a second start of the same request would be a retry and is stopped before it is written', () => {
    const handler = new ExchangeHandler(1);
    const [first, second] = [controller(), controller()];
    handler.onRequestStart(first);
    handler.onRequestStart(second);
    expect([first.aborts.length, second.aborts.length]).toEqual([0, 1]);
  });

  it('ended before it started: not sent, and a late start is stopped', async () => {
    const handler = new ExchangeHandler(1);
    handler.stop('cancelled');
    await expect(handler.answer).rejects.toMatchObject({ code: 'cancelled', isSent: false });
    const late = controller();
    handler.onRequestStart(late);
    expect(late.aborts).toHaveLength(1);
  });
});
