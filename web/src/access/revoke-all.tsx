import { useState } from 'react';
import type { EndedGrants, GrantItem } from '../../../server/approvals/access.contract.js';
import { useApi } from '../api/api.js';
import { accessText, type RevokeCount, revokeAllOf, revokeConsequence, revokeQuestion } from '../text/access-text.js';
import { words } from '../text/words.js';
import { Button } from '../ui/button.js';
import { Dialog, DialogActions } from '../ui/dialog.js';
import { Say } from '../ui/drawn.js';
import { Notice } from '../ui/notice.js';
import { useChange } from './use-change.js';

interface RevokeAllProps {
  /** `null`: of every client. */
  readonly client: GrantItem['client'] | null;
  /** `null`: not known. */
  readonly count: RevokeCount | null;
  onRevoked(ended: EndedGrants): void;
}

/** Ends many grants, after a question that says how many. */
export function RevokeAllButton({ client, count, onRevoked }: RevokeAllProps) {
  const api = useApi();
  const { isSending, trouble, run } = useChange();
  const [isAsking, setAsking] = useState(false);
  const label = client === null ? accessText.revokeAll : <Say phrase={revokeAllOf(client)} />;
  const revoke = () =>
    run(async (csrfToken) => {
      const ended = await api.grants.revoke(csrfToken, client === null ? 'all' : { client: client.id });
      setAsking(false);
      onRevoked(ended);
    });
  return (
    <>
      <Button look={client === null ? 'revoke' : 'smallRevoke'} icon="cross" onClick={() => setAsking(true)}>
        <span>{label}</span>
      </Button>
      {isAsking && (
        <Dialog title={revokeQuestion(count)} onClose={() => setAsking(false)}>
          <p>{revokeConsequence}</p>
          {trouble && (
            <Notice tone="danger" title={trouble.title}>
              {trouble.body}
            </Notice>
          )}
          <DialogActions>
            <Button onClick={() => setAsking(false)}>{accessText.keep}</Button>
            <Button look="revoke" icon="cross" isInert={isSending} onClick={revoke}>
              <span>{isSending ? words.sending : label}</span>
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </>
  );
}
