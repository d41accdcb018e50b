import { Fragment, useMemo } from 'react';
import { askText } from '../text/approval-text.js';
import { callText, findings, findingText, grouped, withArticle } from '../text/call-text.js';
import { words } from '../text/words.js';
import { ChipMark, Drawn, Foreign } from '../ui/drawn.js';
import layout from '../ui/layout.module.css';
import { Notice } from '../ui/notice.js';
import { Facts, Row } from '../ui/sheet.js';
import { State } from '../ui/state.js';
import css from './call.module.css';
import type { ExactCall } from './call-parts.js';
import type { Seen } from './use-seen.js';
import { WholeCall } from './whole-call.js';

interface CallRowsProps {
  readonly call: ExactCall;
  readonly level: 'read' | 'write';
  readonly seen: Seen;
}

/** What one exact call does, and all of it. */
export default function CallRows({ call, level, seen }: CallRowsProps) {
  return (
    <>
      <EffectRow call={call} level={level} />
      <TakeNoteRow call={call} />
      <WholeCall call={call} seen={seen} />
      <CodeRow call={call} />
    </>
  );
}

/** A sentence about the call and why it counts as what it counts. It never replaces the call itself. */
function EffectRow({ call, level }: { readonly call: ExactCall; readonly level: 'read' | 'write' }) {
  return (
    <Row label={askText.whatItDoes}>
      <p className={layout.lead}>
        <Foreign text={call.title} />
      </p>
      {call.sentence && (
        <p>
          <Foreign text={call.sentence} />
        </p>
      )}
      <Resources of={call.resources} />
      <ul className={css.why}>
        <li>
          <State tone={level === 'write' ? 'write' : 'plain'} icon={level}>
            {level === 'write' ? words.write : words.read}
          </State>
          <span>
            {callText.because}
            {call.isKnown ? <Foreign text={ended(call.levelReason)} /> : callText.unknownAddress}
          </span>
        </li>
        {call.destructive && (
          <li>
            <State tone="danger" icon="danger">
              {words.destructive}
            </State>
            <span>
              {callText.because}
              <Foreign text={ended(call.destructive)} />
            </span>
          </li>
        )}
      </ul>
    </Row>
  );
}

function ended(clause: string): string {
  return /[.!?]$/.test(clause) ? clause : `${clause}.`;
}

/** What the call names, by kind, whole. */
function Resources({ of }: { readonly of: ExactCall['resources'] }) {
  if (of.length === 0) return null;
  const kinds = [...new Set(of.map(({ kind }) => kind))];
  return (
    <Facts
      of={kinds.map((kind) => [
        upperFirst(kind),
        <ul key={kind}>
          {[...new Set(of.filter((one) => one.kind === kind).map(({ id }) => id))].map((id) => (
            <li key={id}>
              <code>
                <Foreign text={id} />
              </code>
            </li>
          ))}
        </ul>,
      ])}
    />
  );
}

function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** What in the call would not be seen. */
function TakeNoteRow({ call }: { readonly call: ExactCall }) {
  const found = useMemo(() => findings(call), [call]);
  if (found.length === 0) return null;
  return (
    <Row label={askText.takeNote}>
      {found.map(({ title, chips, isOne }) => (
        <Notice key={title} tone="write" title={title}>
          {isOne ? findingText.drawnOne : findingText.drawnMany}
          {chips.map((chip, index) => (
            <Fragment key={chip.label}>
              {index > 0 && ', '}
              <ChipMark chip={chip} />, {withArticle(chip.name)}
            </Fragment>
          ))}
          {isOne ? findingText.sentOne : findingText.sentMany}
        </Notice>
      ))}
    </Row>
  );
}

/** Four words that the assistant is shown too. */
function CodeRow({ call }: { readonly call: ExactCall }) {
  return (
    <Row label={askText.code}>
      <ol className={css.words}>
        {call.words.map((word, index) => (
          <li key={`${index + 1} ${word}`}>{word}</li>
        ))}
      </ol>
      <p className={layout.hint}>{askText.codeHint}</p>
      <details>
        <summary>{askText.wholeDigest}</summary>
        <p>
          <code>
            <Drawn text={grouped(call.callDigest)} />
          </code>
        </p>
      </details>
    </Row>
  );
}
