import { Injectable } from '@nestjs/common';
import type { Principal } from '../kernel/principal.js';
import type { Session } from './session.js';
import { SessionStore } from './session-store.port.js';

const NAME_MAX = 100;

/** Knows which client connects for whom. A session carries no authority. */
@Injectable()
export class SessionsService {
  constructor(private readonly store: SessionStore) {}

  /** Begins the session or finds it, and remembers what the client calls itself. */
  identify(principal: Principal, claimedName?: string): Promise<Session> {
    const name = claimedName?.trim().slice(0, NAME_MAX);
    return this.store.identify(principal, name === '' ? undefined : name);
  }
}
