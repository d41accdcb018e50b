import { useEffect, useId, useRef, useState } from 'react';
import { askText } from '../text/approval-text.js';
import { type Phrase, plain } from '../text/phrase.js';
import { words } from '../text/words.js';
import { Button, ButtonLink } from '../ui/button.js';
import { Say } from '../ui/drawn.js';
import layout from '../ui/layout.module.css';
import { Notice } from '../ui/notice.js';
import type { Obstacle, Verdict } from './approval-state.js';
import { ApproveButton, HoldButton } from './approve-button.js';
import { Countdown } from './countdown.js';
import css from './foot.module.css';
import { useInert } from './use-inert.js';

interface FootProps {
  readonly effect: Phrase;
  readonly closesAt: number;
  readonly skewMs: number;
  readonly obstacle: Obstacle | null;
  readonly sending: Verdict | null;
  /** What is shown: Approve rests for a moment when it changes. */
  readonly shown: string;
  /** Why Approve (Deny) does nothing now, in words. */
  readonly whyNotApprove: string | null;
  readonly whyNotDeny: string | null;
  readonly mustHold: boolean;
  readonly signInPath: string;
  onDecide(verdict: Verdict): void;
}

/** The line to sign on: what Approve does, until when, and two buttons of one weight. */
export function Foot(props: FootProps) {
  const { effect, obstacle, sending, whyNotApprove, whyNotDeny, mustHold } = props;
  const reasonId = useId();
  const isResting = useInert(props.shown);
  const spoken = useSettled(plain(effect));
  const Approve = mustHold ? HoldButton : ApproveButton;
  const why = whyNotDeny ?? whyNotApprove;
  return (
    <section className={css.decide} aria-label={askText.decision}>
      {obstacle && (
        <div className={css.notice}>
          <Notice tone="danger" title={obstacle.trouble.title}>
            {obstacle.trouble.body}{' '}
            {obstacle.next === 'sign-in' && (
              <ButtonLink href={props.signInPath} look="link">
                {words.signIn}
              </ButtonLink>
            )}
          </Notice>
        </div>
      )}
      <div>
        <p>
          <Say phrase={effect} />
        </p>
        <Countdown closesAt={props.closesAt} skewMs={props.skewMs} />
        {why && (
          <p className={css.why} id={reasonId}>
            {why}
          </p>
        )}
        <output className={layout.unseen}>{spoken}</output>
      </div>
      <div className={css.pair}>
        <Button
          look="deny"
          icon="cross"
          isInert={sending !== null || whyNotDeny !== null}
          aria-describedby={whyNotDeny ? reasonId : undefined}
          onClick={() => props.onDecide('deny')}
        >
          {sending === 'deny' ? words.sending : askText.deny}
        </Button>
        <div>
          <Approve
            isInert={sending !== null || isResting || why !== null}
            isSending={sending === 'approve'}
            reasonId={why ? reasonId : undefined}
            onApprove={() => props.onDecide('approve')}
          />
        </div>
      </div>
    </section>
  );
}

const SETTLE_MS = 500;

/** A text half a second after its last change; empty while it never changed. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState('');
  const first = useRef(text);
  useEffect(() => {
    if (text === first.current && settled === '') return;
    const timer = setTimeout(() => setSettled(text), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text, settled]);
  return settled;
}
