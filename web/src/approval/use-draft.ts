import { useCallback, useState } from 'react';
import type { Approval } from '../../../server/approvals/approvals.contract.js';
import { type Draft, restoredDraft } from './draft.js';

/** The tab's own memory: it outlives connecting a provider, a lost network and a new sign-in, and ends with the tab. */
function keyOf(id: string): string {
  return `countersign.draft.${id}`;
}

export interface DraftStore {
  /** `null` until the request was read. */
  readonly draft: Draft | null;
  begin(approval: Approval): void;
  change(patch: Partial<Draft>): void;
  forget(): void;
}

/** Choices and note of one request, kept in the tab while they are not decided. */
export function useDraft(id: string): DraftStore {
  const [draft, setDraft] = useState<Draft | null>(null);
  const begin = useCallback(
    (approval: Approval) =>
      setDraft((now) =>
        now === null ? restoredDraft(sessionStorage.getItem(keyOf(id)), approval) : cut(now, approval),
      ),
    [id],
  );
  const change = useCallback(
    (patch: Partial<Draft>) => {
      if (draft === null) return;
      const next = { ...draft, ...patch };
      sessionStorage.setItem(keyOf(id), JSON.stringify(next));
      setDraft(next);
    },
    [draft, id],
  );
  const forget = useCallback(() => sessionStorage.removeItem(keyOf(id)), [id]);
  return { draft, begin, change, forget };
}

/** A provider whose connection was lost meanwhile cannot stay chosen. */
function cut(draft: Draft, { broad }: Approval): Draft {
  const connected = new Set(
    broad?.providers.filter(({ connection }) => connection === 'connected').map(({ id }) => id),
  );
  const providers = draft.providers.filter((id) => connected.has(id));
  return providers.length === draft.providers.length ? draft : { ...draft, providers };
}
