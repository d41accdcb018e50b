import { Clock } from '../../server/kernel/clock.port.js';

/** Stands still until a test moves it. */
export class ManualClock extends Clock {
  constructor(public at = Date.now()) {
    super();
  }

  now(): number {
    return this.at;
  }

  advance(ms: number): void {
    this.at += ms;
  }
}
