import { lazy, useMemo, useState } from 'react';
import type { Approval } from '../../../server/approvals/approvals.contract.js';
import { signInPath } from '../api/sign-in.js';
import { askText, broadEffect, callEffect, lede, title } from '../text/approval-text.js';
import { callsOutOfRange, errorText, noteTooLong, type Trouble } from '../text/errors.js';
import { Badges } from '../ui/badge.js';
import { Say } from '../ui/drawn.js';
import { Lede, Row, Sheet, SheetHead } from '../ui/sheet.js';
import { skewOf } from '../ui/use-clock.js';
import { AnswerRow } from './answer-row.js';
import type { Obstacle, Verdict } from './approval-state.js';
import { partsOf } from './call-parts.js';
import { type Draft, type DraftProblems, maxCallsOf, problemsOf } from './draft.js';
import { Foot } from './foot.js';
import { useSeen } from './use-seen.js';
import { ActsAs, AskedByRow, ReasonRow } from './who-rows.js';

/** A request is of one kind, and brings the code of that kind alone. */
const BroadRows = lazy(() => import('./broad-rows.js'));
const CallConnection = lazy(() => import('./call-connection.js'));
const CallRows = lazy(() => import('./call-rows.js'));

interface AskProps {
  readonly approval: Approval;
  readonly draft: Draft;
  readonly obstacle: Obstacle | null;
  readonly sending: Verdict | null;
  onChange(patch: Partial<Draft>): void;
  onDecide(verdict: Verdict): void;
  /** Leaves the page to connect; what happens when that fails is said in the notice. */
  onConnect(providerId: string, slug: string | null): void;
  readonly connectTrouble: Trouble | null;
}

/** The request, whole, and the line to sign on. */
export function AskSheet(props: AskProps) {
  const { approval, draft, sending, obstacle, connectTrouble, onChange } = props;
  const { broad, call } = approval;
  const skew = useMemo(() => skewOf(approval.now), [approval]);
  const seen = useSeen(useMemo(() => partsOf(call), [call]));
  const [isConfirmed, setConfirmed] = useState(false);
  const problems = problemsOf(draft, approval);
  const isBusy = sending !== null;
  const isDestructive = call?.destructive != null;
  const subtitle = lede(approval);
  return (
    <Sheet isDestructive={isDestructive}>
      <SheetHead>
        <Badges level={approval.level} isDestructive={isDestructive} />
        <h1 tabIndex={-1}>
          <Say phrase={title(approval)} />
        </h1>
        {subtitle && (
          <Lede>
            <Say phrase={subtitle} />
          </Lede>
        )}
      </SheetHead>
      <AskedByRow approval={approval} />
      <Row label={askText.actsAs}>
        <ActsAs account={approval.account} />
        {call && (
          <CallConnection call={call} isBusy={isBusy} onConnect={() => props.onConnect(call.provider.id, null)} />
        )}
      </Row>
      {broad && (
        <BroadRows
          {...{ broad, draft, isBusy, problems, onChange }}
          onConnect={(provider) => props.onConnect(provider.id, provider.slug)}
        />
      )}
      {call && <CallRows call={call} level={approval.level} seen={seen} />}
      <ReasonRow reason={approval.reason} />
      <AnswerRow
        draft={draft}
        isBusy={isBusy}
        isTooLong={problems.noteTooLong}
        confirm={isDestructive ? { isConfirmed, onConfirm: setConfirmed } : null}
        onChange={onChange}
      />
      <Foot
        effect={
          call
            ? callEffect(call)
            : broad
              ? broadEffect(approval.client, broad, { ...draft, maxCalls: maxCallsOf(draft, broad.requested.maxCalls) })
              : []
        }
        closesAt={approval.closesAt}
        skewMs={skew}
        obstacle={obstacle ?? (connectTrouble && { trouble: connectTrouble, next: null, sent: null })}
        sending={sending}
        shown={`${approval.digest} ${isConfirmed}`}
        whyNotApprove={whyNotApprove(approval, problems, seen.isAll)}
        whyNotDeny={problems.noteTooLong ? noteTooLong(draft.note.length) : null}
        mustHold={isDestructive && !isConfirmed}
        signInPath={signInPath(`/approve/${approval.id}`, { isFresh: true })}
        onDecide={props.onDecide}
      />
    </Sheet>
  );
}

function whyNotApprove({ call, broad }: Approval, problems: DraftProblems, isAllSeen: boolean): string | null {
  if (problems.noneSelected) return errorText.noneSelected;
  if (problems.callsOutOfRange) return callsOutOfRange(broad?.requested.maxCalls ?? null);
  if (call && call.connection !== 'connected') return errorText.notConnected;
  return isAllSeen ? null : askText.seenFirst;
}
