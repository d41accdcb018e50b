/** This process's clock. Authority is never judged by it, only by the store's (`Moment.now`). */
export abstract class Clock {
  /** Epoch milliseconds. */
  abstract now(): number;
}
