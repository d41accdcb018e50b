import { useId } from 'react';
import { NOTE_MAX } from '../../../server/approvals/approvals.contract.js';
import { askText, noteCount, REASONS, type ReasonChoice } from '../text/approval-text.js';
import { noteTooLong } from '../text/errors.js';
import { Tag } from '../ui/badge.js';
import { Choice } from '../ui/choice.js';
import { cx } from '../ui/cx.js';
import { Icon } from '../ui/icon.js';
import layout from '../ui/layout.module.css';
import { Row } from '../ui/sheet.js';
import css from './answer.module.css';
import type { Draft } from './draft.js';

interface AnswerProps {
  readonly draft: Draft;
  readonly isBusy: boolean;
  readonly isTooLong: boolean;
  /** A destructive call: how to hold, and the way for those who cannot. */
  readonly confirm: { readonly isConfirmed: boolean; onConfirm(isConfirmed: boolean): void } | null;
  onChange(patch: Partial<Draft>): void;
}

export function AnswerRow({ draft, isBusy, isTooLong, confirm, onChange }: AnswerProps) {
  const id = useId();
  return (
    <Row label={askText.answer}>
      <label className={css.field}>
        <span>
          {askText.note} <Tag>{askText.optional}</Tag>
        </span>
        <textarea
          rows={3}
          dir="auto"
          value={draft.note}
          readOnly={isBusy}
          aria-describedby={id}
          aria-invalid={isTooLong || undefined}
          onChange={(event) => onChange({ note: event.target.value })}
        />
      </label>
      <div id={id}>
        <p className={cx(layout.hint, css.withCount)}>
          <span>{askText.noteHint}</span>
          <span className={cx(layout.num, layout.nowrap)}>{noteCount(draft.note.length, NOTE_MAX)}</span>
        </p>
        {isTooLong && (
          <p className={layout.wrong}>
            <Icon name="danger" />
            {noteTooLong(draft.note.length)}
          </p>
        )}
      </div>
      <label className={css.field}>
        <span>{askText.ifDeny}</span>
        <select
          value={draft.reasonCode}
          disabled={isBusy}
          onChange={(event) => onChange({ reasonCode: reasonOf(event.target.value) })}
        >
          {REASONS.map(([code, text]) => (
            <option key={code} value={code}>
              {text}
            </option>
          ))}
        </select>
      </label>
      {confirm && (
        <>
          <details>
            <summary>{askText.cannotHold}</summary>
            <Choice
              type="checkbox"
              label={askText.confirm}
              remark={askText.confirmRemark}
              checked={confirm.isConfirmed}
              disabled={isBusy}
              onChange={(event) => confirm.onConfirm(event.target.checked)}
            />
          </details>
          <p className={layout.hint}>{askText.holdHint}</p>
        </>
      )}
    </Row>
  );
}

function reasonOf(value: string): ReasonChoice {
  return REASONS.find(([code]) => code === value)?.[0] ?? '';
}
