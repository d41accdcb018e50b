import { type ReactNode, useEffect, useState } from 'react';
import { signInPath } from '../api/sign-in.js';
import { windowTitle, words } from '../text/words.js';
import { ButtonLink } from './button.js';
import layout from './layout.module.css';
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
