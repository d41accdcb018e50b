import { type Dispatch, useCallback, useEffect, useReducer, useRef } from 'react';
import type { Approval } from '../../../server/approvals/approvals.contract.js';
import { useApi } from '../api/api.js';
import { failureOf } from '../api/http.js';
import {
  type ApprovalEvent,
  type ApprovalState,
  initialState,
  isOpen,
  reduce,
  type Verdict,
} from './approval-state.js';
import { decisionBodyOf } from './draft.js';
import { type DraftStore, useDraft } from './use-draft.js';

const RETRY_MS = 2000;
const LEAST_BETWEEN_MS = 500;
const AFTER_DEADLINE_MS = 400;

export interface ApprovalModel extends DraftStore {
  readonly state: ApprovalState;
  decide(verdict: Verdict): void;
  showAgain(): void;
  readAgain(): void;
}

/** One request, read from the server, kept up to date, and decided. */
export function useApproval(id: string): ApprovalModel {
  const api = useApi();
  const [state, dispatch] = useReducer(reduce, initialState);
  const store = useDraft(id);
  const { begin, forget } = store;

  const readNow = useCallback(async () => {
    try {
      const approval = await api.approvals.read(id);
      begin(approval);
      dispatch({ type: 'read', approval });
    } catch (error) {
      dispatch({ type: 'read-failed', failure: failureOf(error) });
    }
  }, [api, id, begin]);

  useEffect(() => void readNow(), [readNow]);
  useLive(id, state, dispatch, begin);
  useObstacle(state, readNow);
  useDeadline(state, readNow);

  const decide = async (verdict: Verdict) => {
    if (state.at !== 'ready' || store.draft === null) return;
    const { approval } = state;
    dispatch({ type: 'decide', verdict });
    try {
      const answer = await api.approvals.decide(approval, decisionBodyOf(approval, store.draft, verdict));
      forget();
      dispatch({ type: 'decided', approval: answer });
    } catch (error) {
      dispatch({ type: 'refused', failure: failureOf(error) });
    }
  };
  return {
    ...store,
    state,
    decide: (verdict) => void decide(verdict),
    showAgain: () => dispatch({ type: 'show-again' }),
    readAgain: () => void readNow(),
  };
}

/** Waits on the server for the next version, one request at a time, as long as there can be one. */
function useLive(
  id: string,
  state: ApprovalState,
  dispatch: Dispatch<ApprovalEvent>,
  begin: (approval: Approval) => void,
) {
  const api = useApi();
  const approval = state.at === 'ready' || state.at === 'settled' || state.at === 'changed' ? state.approval : null;
  const version = approval?.version;
  const isLive = approval !== null && isOpen(approval);
  useEffect(() => {
    if (!isLive || version === undefined) return;
    const end = new AbortController();
    const watch = async () => {
      while (!end.signal.aborted) {
        try {
          const next = await api.approvals.read(id, { after: version, signal: end.signal });
          if (end.signal.aborted) return;
          begin(next);
          dispatch({ type: 'read', approval: next });
          if (next.version !== version) return;
          await pause(LEAST_BETWEEN_MS, end.signal);
        } catch (error) {
          if (end.signal.aborted) return;
          dispatch({ type: 'read-failed', failure: failureOf(error) });
          await pause(RETRY_MS, end.signal);
        }
      }
    };
    void watch();
    return () => end.abort();
  }, [api, id, version, isLive, dispatch, begin]);
}

/** After a refusal that may mean another truth on the server: ask until it answers. */
function useObstacle(state: ApprovalState, readNow: () => Promise<void>) {
  const next = state.at === 'ready' ? (state.obstacle?.next ?? null) : null;
  useEffect(() => {
    if (next === 'reread') void readNow();
    if (next !== 'ask') return;
    const timer = setInterval(() => void readNow(), RETRY_MS);
    return () => clearInterval(timer);
  }, [next, readNow]);
}

/** Expiry changes no version, so the page asks by itself when a time is over. */
function useDeadline(state: ApprovalState, readNow: () => Promise<void>) {
  const approval = state.at === 'ready' || state.at === 'settled' ? state.approval : null;
  const skew = useRef(0);
  useEffect(() => {
    if (approval === null || !isOpen(approval)) return;
    skew.current = approval.now - Date.now();
    const deadline = approval.status === 'pending' ? approval.closesAt : approval.expiresAt;
    if (deadline === null) return;
    const wait = Math.max(0, deadline - Date.now() - skew.current) + AFTER_DEADLINE_MS;
    const timer = setTimeout(() => void readNow(), Math.min(wait, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  }, [approval, readNow]);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
