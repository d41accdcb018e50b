import { useMemo } from 'react';
import type { Approval } from '../../../server/approvals/approvals.contract.js';
import { askedFor, askText, clientFirst, reasonText } from '../text/approval-text.js';
import { lookAt, outcomeText, outcomeWords } from '../text/outcome-text.js';
import { plain } from '../text/phrase.js';
import { usedSoFar, waitingUntil } from '../text/result-text.js';
import { words } from '../text/words.js';
import { Tag } from '../ui/badge.js';
import { ButtonLink } from '../ui/button.js';
import { Foreign, Say } from '../ui/drawn.js';
import layout from '../ui/layout.module.css';
import { OutcomeHead } from '../ui/outcome-head.js';
import { Facts, Row, Sheet } from '../ui/sheet.js';
import { skewOf, useClock } from '../ui/use-clock.js';
import { type OutcomeKind, outcomeKind } from './outcome-kind.js';
import { AllowedRow, CallRow, ResultRow } from './outcome-rows.js';
import { RevokeButton } from './revoke-button.js';

interface OutcomeProps {
  readonly approval: Approval;
  readonly isElsewhere: boolean;
  /** It replaced the sheet: the focus goes to it. */
  readonly isNew: boolean;
  /** What the person had typed, when it was not sent. */
  readonly unsentNote: string;
  readonly csrfToken: string | null;
  onRevoked(): void;
}

/** What the server says about a request that is not to be decided any more. */
export function Outcome({ approval, isElsewhere, isNew, unsentNote, csrfToken, onRevoked }: OutcomeProps) {
  const kind = outcomeKind(approval, isElsewhere);
  const { call, decision } = approval;
  const isRevocable = approval.status === 'approved';
  return (
    <Sheet>
      <OutcomeHead words={outcomeWords(kind, approval)} takesFocus={isNew} />
      {call ? (
        <CallRow call={call} account={approval.account} />
      ) : (
        !isRevocable && (
          <Row label={outcomeText.askedFor}>
            <p>
              <Say phrase={askedFor(approval)} />
            </p>
          </Row>
        )
      )}
      <AllowedRow approval={approval} />
      <NowRow approval={approval} kind={kind} />
      <ResultRow approval={approval} kind={kind} />
      {kind === 'unknown' && (
        <Row label={outcomeText.whatToDo}>
          <p>
            <Say phrase={lookAt(approval)} />
          </p>
        </Row>
      )}
      {kind === 'withdrawn' && approval.withdrawReason === 'superseded' && (
        <Row label={outcomeText.instead}>
          <ButtonLink href="/access#waiting">{outcomeText.seeNew}</ButtonLink>
        </Row>
      )}
      {decision?.outcome === 'denied' && <AnswerGiven decision={decision} />}
      {decision?.outcome === 'approved' && decision.note && (
        <Row label={outcomeText.yourNote}>
          <p>
            <Foreign text={decision.note} lines="keep" />
          </p>
        </Row>
      )}
      {unsentNote && (
        <Row label={outcomeText.yourNote}>
          <p>
            <Foreign text={unsentNote} lines="keep" />
          </p>
          <p className={layout.hint}>{outcomeText.notSent}</p>
        </Row>
      )}
      {!call && (
        <Row label={askText.askedBy}>
          <p>
            <Say phrase={[clientFirst(approval.client)]} />{' '}
            {approval.client.name !== null && <Tag>{words.notVerified}</Tag>}
          </p>
        </Row>
      )}
      <Row label={outcomeText.next}>
        <div className={layout.actions}>
          {isRevocable && csrfToken !== null && (
            <RevokeButton
              grantId={approval.id}
              csrfToken={csrfToken}
              label={call ? words.revoke : words.revokeNow}
              onRevoked={onRevoked}
            />
          )}
          <ButtonLink href="/access">{words.myAccess}</ButtonLink>
        </div>
      </Row>
    </Sheet>
  );
}

function AnswerGiven({ decision }: { readonly decision: NonNullable<Approval['decision']> }) {
  if (!decision.reasonCode && !decision.note) return null;
  return (
    <Row label={askText.answer}>
      <Facts
        of={[
          [outcomeText.reason, decision.reasonCode && reasonText(decision.reasonCode)],
          [outcomeText.note, decision.note && <Foreign key="note" text={decision.note} lines="keep" />],
        ]}
      />
    </Row>
  );
}

/** How much of an approval is left. The countdown itself is not announced, only the calls. */
function NowRow({ approval, kind }: { readonly approval: Approval; readonly kind: OutcomeKind }) {
  const skew = useMemo(() => skewOf(approval.now), [approval]);
  const now = useClock(skew, approval.status === 'approved');
  if (kind === 'running') {
    return (
      <Row label={outcomeText.now}>
        <p>{outcomeText.running}</p>
      </Row>
    );
  }
  if (approval.status !== 'approved' || approval.expiresAt === null) return null;
  const { broad } = approval;
  const phrase = broad
    ? usedSoFar(approval.expiresAt - now, broad.callsMade, broad.granted?.maxCalls ?? null)
    : waitingUntil(approval.expiresAt);
  return (
    <Row label={outcomeText.now}>
      <p className={layout.num}>
        <Say phrase={phrase} />
      </p>
      {!broad && <output className={layout.unseen}>{plain(phrase)}</output>}
    </Row>
  );
}
