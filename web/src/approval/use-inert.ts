import { useEffect, useState } from 'react';

const INERT_MS = 500;

/**
 * True for half a second after `shown` changes or the window comes back to the front, so that a press that was meant for
 * something else approves nothing (I28).
 */
export function useInert(shown: string): boolean {
  const [settled, setSettled] = useState<string | null>(null);
  useEffect(() => {
    let timer = setTimeout(() => setSettled(shown), INERT_MS);
    const restart = () => {
      if (document.visibilityState !== 'visible') return;
      setSettled(null);
      clearTimeout(timer);
      timer = setTimeout(() => setSettled(shown), INERT_MS);
    };
    document.addEventListener('visibilitychange', restart);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', restart);
    };
  }, [shown]);
  return settled !== shown;
}
