import { useState } from 'react';
import type { Me } from '../../../server/approvals/approvals.contract.js';
import { useApi } from '../api/api.js';
import { signOutText, words } from '../text/words.js';
import { Button } from './button.js';
import { Dialog, DialogActions } from './dialog.js';
import { Notice } from './notice.js';

/** Signing out ends what was approved in this browser session, so it is asked first. */
export default function SignOutDialog({ me, onClose }: { readonly me: Me; onClose(): void }) {
  const api = useApi();
  const [step, setStep] = useState<'asking' | 'sending' | 'failed'>('asking');
  const signOut = async () => {
    setStep('sending');
    try {
      api.goTo(await api.account.signOut(me.csrfToken));
    } catch {
      setStep('failed');
    }
  };
  return (
    <Dialog title={signOutText.title} onClose={onClose}>
      <p>{signOutText.body}</p>
      {step === 'failed' && (
        <Notice tone="danger" title={words.signOut}>
          {signOutText.failed}
        </Notice>
      )}
      <DialogActions>
        <Button onClick={onClose}>{signOutText.stay}</Button>
        <Button look="deny" isInert={step === 'sending'} onClick={() => void signOut()}>
          {step === 'sending' ? words.sending : words.signOut}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
