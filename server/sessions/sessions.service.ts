import { Injectable } from '@nestjs/common';
import type { Principal } from '../kernel/principal.js';
import { claimedName, type Session } from './session.js';
import { SessionStore } from './session-store.port.js';

/** Knows which client connects for whom. A session carries no authority. */
@Injectable()
export class SessionsService {
  constructor(private readonly store: SessionStore) {}

  /** Begins the session or finds it, and remembers what the client calls itself. */
  identify(principal: Principal, claim?: string): Promise<Session> {
    return this.store.identify(principal, claimedName(claim));
  }
}
