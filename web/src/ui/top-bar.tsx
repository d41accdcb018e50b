import { lazy, Suspense, useState } from 'react';
import type { Me } from '../../../server/approvals/approvals.contract.js';
import { signInPath } from '../api/sign-in.js';
import { sandboxText, words } from '../text/words.js';
import { Button, ButtonLink } from './button.js';
import { Foreign } from './drawn.js';
import { Icon } from './icon.js';
import css from './top-bar.module.css';

const SignOutDialog = lazy(() => import('./sign-out-dialog.js'));

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
      {isAsking && (
        <Suspense fallback={null}>
          <SignOutDialog me={me} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}
