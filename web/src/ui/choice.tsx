import type { InputHTMLAttributes, ReactNode } from 'react';
import css from './choice.module.css';

export function Choices({ children }: { readonly children: ReactNode }) {
  return <div className={css.choices}>{children}</div>;
}

interface ChoiceProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly type: 'radio' | 'checkbox';
  readonly label: string;
  /** “as asked”, “longer than asked”. */
  readonly remark: string;
}

/** A native radio or check box whose whole card is the target. */
export function Choice({ label, remark, ...input }: ChoiceProps) {
  return (
    <label className={css.choice}>
      <input {...input} />
      <span>
        <b>{label}</b>
        <small>{remark}</small>
      </span>
    </label>
  );
}
