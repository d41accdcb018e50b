import { useId } from 'react';
import type { Approval } from '../../../server/approvals/approvals.contract.js';
import { duration } from '../text/amounts.js';
import { askText, levelRemark, maxCallsHint, timeRemark } from '../text/approval-text.js';
import { callsOutOfRange } from '../text/errors.js';
import { words } from '../text/words.js';
import { Choice, Choices } from '../ui/choice.js';
import { Icon } from '../ui/icon.js';
import layout from '../ui/layout.module.css';
import { ChoiceRow, Row } from '../ui/sheet.js';
import type { Draft } from './draft.js';
import css from './narrowing.module.css';

type Broad = NonNullable<Approval['broad']>;

interface NarrowingProps {
  readonly broad: Broad;
  readonly draft: Draft;
  readonly isBusy: boolean;
  onChange(patch: Partial<Draft>): void;
}

/** Read instead of write, never the other way. */
export function LevelRow({ broad, draft, isBusy, onChange }: NarrowingProps) {
  const asked = broad.requested.level;
  if (asked === 'read') {
    return (
      <Row label={askText.level}>
        <p>
          <strong>{words.read}.</strong>
          {askText.readOnlyAsked}
        </p>
      </Row>
    );
  }
  return (
    <ChoiceRow label={askText.level}>
      <Choices>
        {(['read', 'write'] as const).map((level) => (
          <Choice
            key={level}
            type="radio"
            name="level"
            label={level === 'read' ? askText.readOnly : words.readAndWrite}
            remark={levelRemark(level, asked)}
            checked={draft.level === level}
            disabled={isBusy}
            onChange={() => onChange({ level })}
          />
        ))}
      </Choices>
      <p className={layout.hint}>{askText.levelHint}</p>
    </ChoiceRow>
  );
}

export function TimeRow({ broad, draft, isBusy, onChange }: NarrowingProps) {
  return (
    <ChoiceRow label={askText.howLong}>
      <Choices>
        {broad.durationsMs.map((ms) => (
          <Choice
            key={ms}
            type="radio"
            name="time"
            label={duration(ms)}
            remark={timeRemark(ms, broad.requested.durationMs)}
            checked={draft.durationMs === ms}
            disabled={isBusy}
            onChange={() => onChange({ durationMs: ms })}
          />
        ))}
      </Choices>
      <p className={layout.hint}>{askText.timeHint}</p>
    </ChoiceRow>
  );
}

export function CallsRow({ broad, draft, isBusy, onChange, isWrong }: NarrowingProps & { readonly isWrong: boolean }) {
  const id = useId();
  return (
    <Row label={askText.atMost}>
      <label className={css.calls}>
        <input
          type="text"
          inputMode="numeric"
          autoComplete="off"
          value={draft.maxCalls}
          readOnly={isBusy}
          aria-describedby={id}
          aria-invalid={isWrong || undefined}
          onChange={(event) => onChange({ maxCalls: event.target.value })}
        />
        <span>{askText.calls}</span>
      </label>
      <div id={id} className={layout.stackSmall}>
        {isWrong && (
          <p className={layout.wrong}>
            <Icon name="danger" />
            {callsOutOfRange(broad.requested.maxCalls)}
          </p>
        )}
        <p className={layout.hint}>{maxCallsHint(broad.requested.maxCalls)}</p>
      </div>
    </Row>
  );
}
