import { useCallback, useEffect, useRef, useState } from 'react';
import { codeOf, type Failure, failureOf } from './http.js';

type State<T> =
  | { readonly at: 'loading' }
  | { readonly at: 'signed-out' }
  | { readonly at: 'failed'; readonly failure: Failure }
  | { readonly at: 'ready'; readonly value: T };
export type Loaded<T> = State<T> & { reload(): void };

/**
 * What `load` answers, again on `reload` and every `everyMs` while the window is in front. A later failure does not take away
 * what is shown, unless the person was signed out. `load` must be the same function from one rendering to the next.
 */
export function useLoaded<T>(load: () => Promise<T>, everyMs: number | null = null): Loaded<T> {
  const [state, setState] = useState<State<T>>({ at: 'loading' });
  /** The reading that counts: an answer that comes after a newer question is not shown. */
  const latest = useRef(0);

  const reload = useCallback(() => {
    latest.current += 1;
    const reading = latest.current;
    load().then(
      (value) => reading === latest.current && setState({ at: 'ready', value }),
      (error) => reading === latest.current && setState((before) => failedState(before, failureOf(error))),
    );
  }, [load]);

  useEffect(() => {
    reload();
    return () => {
      latest.current += 1;
    };
  }, [reload]);

  useEffect(() => {
    if (everyMs === null) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') reload();
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, reload]);

  return { ...state, reload };
}

function failedState<T>(before: State<T>, failure: Failure): State<T> {
  if (codeOf(failure) === 'not_signed_in') return { at: 'signed-out' };
  return before.at === 'ready' ? before : { at: 'failed', failure };
}
