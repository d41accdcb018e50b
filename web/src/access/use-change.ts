import { useState } from 'react';
import { failureOf } from '../api/http.js';
import { type Trouble, troubleOfChange } from '../text/errors.js';
import { useAccount } from '../ui/account.js';

export interface Change {
  readonly isSending: boolean;
  readonly trouble: Trouble | null;
  run(change: (csrfToken: string) => Promise<void>): void;
}

/** One change at a time: sent with the session's token, and what to say when it did not work. */
export function useChange(): Change {
  const me = useAccount();
  const [isSending, setSending] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const run = async (change: (csrfToken: string) => Promise<void>) => {
    if (me === null || isSending) return;
    setSending(true);
    setTrouble(null);
    try {
      await change(me.csrfToken);
    } catch (error) {
      setTrouble(troubleOfChange(failureOf(error)));
    }
    setSending(false);
  };
  return { isSending, trouble, run: (change) => void run(change) };
}
