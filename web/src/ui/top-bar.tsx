import { useState } from 'react';
import type { Me } from '../../../server/approvals/approvals.contract.js';
import { useApi } from '../api/api.js';
import { signInPath } from '../api/sign-in.js';
import { sandboxText, signOutText, words } from '../text/words.js';
import { Button, ButtonLink } from './button.js';
import { Dialog, DialogActions } from './dialog.js';
import { Foreign } from './drawn.js';
import { Icon } from './icon.js';
import { Notice } from './notice.js';
import css from './top-bar.module.css';

interface TopBarProps {
  /** `undefined`: not known yet. */
  readonly me: Me | null | undefined;
  readonly isSandbox: boolean;
  readonly path: string;
}

/** Whose session this is stays in view on every page. */
export function TopBar({ me, isSandbox, path }: TopBarProps) {
  return (
    <>
      {isSandbox && (
        <aside className={css.sandbox} aria-label={sandboxText.label}>
          <p>
            <strong>{sandboxText.title}</strong>
            {sandboxText.body}
          </p>
        </aside>
      )}
      <header className={css.top}>
        <a className={css.brand} href="/">
          <Icon name="mark" />
          {words.brand}
        </a>
        {me && <SignedIn me={me} />}
        {me === null && path === '/' && (
          <div className={css.in}>
            <ButtonLink look="link" href={signInPath('/access')}>
              {words.signInShort}
            </ButtonLink>
          </div>
        )}
      </header>
    </>
  );
}

function SignedIn({ me }: { readonly me: Me }) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <nav aria-label={words.site}>
        <a href="/access">{words.myAccess}</a>
      </nav>
      <p className={css.me}>
        <Foreign text={me.user.email} />{' '}
        <span>{me.organization === null ? words.noOrganization : <Foreign text={me.organization.name} />}</span>
      </p>
      <div className={css.out}>
        <Button look="link" onClick={() => setAsking(true)}>
          {words.signOut}
        </Button>
      </div>
      {isAsking && <SignOutDialog me={me} onClose={() => setAsking(false)} />}
    </>
  );
}

function SignOutDialog({ me, onClose }: { readonly me: Me; onClose(): void }) {
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
