import { type ReactNode, useEffect, useState } from 'react';
import { useApi } from '../api/api.js';
import { signInPath } from '../api/sign-in.js';
import { signOutText, windowTitle, words } from '../text/words.js';
import { useAccount } from './account.js';
import { Button, ButtonLink } from './button.js';
import layout from './layout.module.css';
import { Notice } from './notice.js';
import { AfterSheet, Lede, Sheet, SheetHead } from './sheet.js';

interface SignInShellProps {
  readonly text: { readonly title: string; readonly lede: string; readonly hint: string; readonly after?: string };
  readonly returnTo: string;
}

/** What everyone sees who is not signed in: nothing of what waits here. */
export function SignInShell({ text, returnTo }: SignInShellProps) {
  useTitle(text.title);
  return (
    <>
      <Sheet>
        <SheetHead>
          <h1>{text.title}</h1>
          <Lede>{text.lede}</Lede>
          <p className={layout.actions}>
            <ButtonLink look="approve" href={signInPath(returnTo)}>
              {words.signIn}
            </ButtonLink>
          </p>
          <p className={layout.hint}>{text.hint}</p>
        </SheetHead>
      </Sheet>
      {text.after && <AfterSheet>{text.after}</AfterSheet>}
    </>
  );
}

/** Signs out, then begins a new sign-in that comes back here. */
export function OtherAccountButton({ returnTo }: { readonly returnTo: string }) {
  const api = useApi();
  const me = useAccount();
  const [hasFailed, setFailed] = useState(false);
  const change = async () => {
    try {
      if (me) await api.account.signOut(me.csrfToken);
      api.goTo(signInPath(returnTo));
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

const SHOW_AFTER_MS = 200;

/** Shown only when the answer takes a while, so that a quick page does not flash. */
export function Late({ children }: { readonly children: ReactNode }) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), SHOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return isLate ? children : null;
}

/** The window's title; `null` leaves it to the outcome that is shown. */
export function useTitle(title: string | null): void {
  useEffect(() => {
    if (title !== null) document.title = windowTitle(title);
  }, [title]);
}
