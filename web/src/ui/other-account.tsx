import { useState } from 'react';
import { useApi } from '../api/api.js';
import { signInPath } from '../api/sign-in.js';
import { signOutText, words } from '../text/words.js';
import { useAccount } from './account.js';
import { Button } from './button.js';
import { Notice } from './notice.js';

/** Signs out, then begins a new sign-in that comes back here. */
export function OtherAccountButton({ returnTo }: { readonly returnTo: string }) {
  const api = useApi();
  const me = useAccount();
  const [hasFailed, setFailed] = useState(false);
  const change = async () => {
    try {
      if (me) await api.account.signOut(me.csrfToken);
      api.goTo(signInPath(returnTo, { isFresh: true }));
    } catch {
      setFailed(true);
    }
  };
  return (
    <>
      <Button onClick={() => void change()}>{words.signInOther}</Button>
      {hasFailed && (
        <Notice tone="danger" title={words.signInOther}>
          {signOutText.failed}
        </Notice>
      )}
    </>
  );
}
