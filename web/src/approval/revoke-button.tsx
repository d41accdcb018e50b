import { useState } from 'react';
import { useApi } from '../api/api.js';
import { failureOf } from '../api/http.js';
import { type Trouble, troubleOfChange } from '../text/errors.js';
import { words } from '../text/words.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';

interface RevokeProps {
  readonly grantId: string;
  readonly csrfToken: string;
  readonly label: string;
  onRevoked(): void;
}

/** Ends one grant, at once and without a question. */
export function RevokeButton({ grantId, csrfToken, label, onRevoked }: RevokeProps) {
  const api = useApi();
  const [isSending, setSending] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const revoke = async () => {
    setSending(true);
    setTrouble(null);
    try {
      await api.grants.revoke(csrfToken, { id: grantId });
      onRevoked();
    } catch (error) {
      setTrouble(troubleOfChange(failureOf(error)));
      setSending(false);
    }
  };
  return (
    <>
      <Button look="revoke" icon="cross" isInert={isSending} onClick={() => void revoke()}>
        {isSending ? words.sending : label}
      </Button>
      {trouble && (
        <Notice tone="danger" title={trouble.title}>
          {trouble.body}
        </Notice>
      )}
    </>
  );
}
