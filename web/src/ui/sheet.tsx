import type { ReactNode } from 'react';
import { cx } from './cx.js';
import layout from './layout.module.css';
import css from './sheet.module.css';

interface SheetProps {
  readonly isDestructive?: boolean;
  readonly isBusy?: boolean;
  readonly children: ReactNode;
}

/** One document that somebody signs. */
export function Sheet({ isDestructive = false, isBusy = false, children }: SheetProps) {
  return (
    <article className={cx(css.sheet, isDestructive && css.destructive)} aria-busy={isBusy || undefined}>
      {children}
    </article>
  );
}

export function SheetHead({ children }: { readonly children: ReactNode }) {
  return <div className={css.head}>{children}</div>;
}

export function Lede({ children }: { readonly children: ReactNode }) {
  return <p className={css.lede}>{children}</p>;
}

interface RowProps {
  readonly label: ReactNode;
  /** The content takes the whole width, under the label. */
  readonly isWhole?: boolean;
  readonly children: ReactNode;
}

/** A label in the margin and its facts. */
export function Row({ label, isWhole = false, children }: RowProps) {
  return (
    <section className={cx(css.row, isWhole && css.whole)}>
      <h2>{label}</h2>
      <div className={isWhole ? undefined : layout.stack}>{children}</div>
    </section>
  );
}

/** A row that is a choice: the label is the group's name. */
export function ChoiceRow({ label, children }: Omit<RowProps, 'isWhole'>) {
  return (
    <fieldset className={css.row}>
      <legend>{label}</legend>
      <div className={layout.stack}>{children}</div>
    </fieldset>
  );
}

/** Names and their facts. Entries without a fact are left out. */
export function Facts({ of }: { readonly of: readonly (readonly [name: string, fact: ReactNode])[] }) {
  return (
    <dl className={css.facts}>
      {of
        .filter(([, fact]) => fact !== null)
        .flatMap(([name, fact]) => [<dt key={`${name} name`}>{name}</dt>, <dd key={name}>{fact}</dd>])}
    </dl>
  );
}

/** Small print under the sheet. */
export function AfterSheet({ children }: { readonly children: ReactNode }) {
  return <p className={css.after}>{children}</p>;
}
