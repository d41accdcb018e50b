import type { Approval } from '../../../server/approvals/approvals.contract.js';
import { took } from '../text/amounts.js';
import { askText } from '../text/approval-text.js';
import { addressOf } from '../text/call-text.js';
import { statusText } from '../text/http-status.js';
import { outcomeText } from '../text/outcome-text.js';
import {
  accountLine,
  answerSize,
  bytesSent,
  failureText,
  grantedCalls,
  grantedLevel,
  grantedProviders,
  grantedTime,
  sentAt,
} from '../text/result-text.js';
import { Drawn, Foreign, Say } from '../ui/drawn.js';
import layout from '../ui/layout.module.css';
import { Facts, Row } from '../ui/sheet.js';
import { State } from '../ui/state.js';
import type { ExactCall } from './call-parts.js';
import type { OutcomeKind } from './outcome-kind.js';

/** Which call it was. */
export function CallRow({ call, account }: { readonly call: ExactCall; readonly account: Approval['account'] }) {
  return (
    <Row label={outcomeText.call}>
      <p>
        <strong>
          <Foreign text={call.title} />
        </strong>
      </p>
      <p>
        <code>
          {call.method} https://
          <strong>
            <Drawn text={call.host} />
          </strong>
          <Drawn text={addressOf(call)} />
        </code>
      </p>
      <Facts
        of={[
          [askText.actsAs, <Say key="who" phrase={accountLine(account)} />],
          [outcomeText.code, call.words.join(' ')],
        ]}
      />
    </Row>
  );
}

/** What was allowed beside what was asked. */
export function AllowedRow({ approval }: { readonly approval: Approval }) {
  const { broad } = approval;
  if (!broad?.granted) return null;
  const { granted, requested } = broad;
  return (
    <Row label={outcomeText.allowed}>
      <Facts
        of={[
          [askText.level, grantedLevel(granted, requested)],
          [outcomeText.providers, <Say key="names" phrase={grantedProviders(approval, granted, requested)} />],
          [outcomeText.time, grantedTime(granted, requested)],
          [outcomeText.calls, grantedCalls(granted, requested)],
        ]}
      />
    </Row>
  );
}

/** What came of the call, as far as it is known. */
export function ResultRow({ approval, kind }: { readonly approval: Approval; readonly kind: OutcomeKind }) {
  const { execution, call, decision, now } = approval;
  if (!execution || kind === 'running') return null;
  const { startedAt, finishedAt, status, answerBytes, failure } = execution;
  const wasAnswered = status !== null;
  return (
    <Row label={outcomeText.result}>
      {wasAnswered && (
        <p>
          <State tone={status >= 400 ? 'danger' : 'ok'} icon={status >= 400 ? 'danger' : 'check'}>
            {statusText(status)}
          </State>
        </p>
      )}
      <Facts
        of={[
          [kind === 'failed' ? askText.asked : outcomeText.sent, sentAt(startedAt, decision?.at ?? null, now)],
          [outcomeText.why, failureText(failure)],
          [outcomeText.tookTime, finishedAt === null ? null : took(finishedAt - startedAt)],
          [outcomeText.bytesSent, wasAnswered && call?.body ? bytesSent(call.body.bytes) : null],
          [outcomeText.answer, answerBytes === null ? null : answerSize(answerBytes)],
        ]}
      />
      {kind === 'executed-error' && <p className={layout.hint}>{outcomeText.againHint}</p>}
    </Row>
  );
}
