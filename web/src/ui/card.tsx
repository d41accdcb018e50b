import type { ReactNode } from 'react';
import css from './card.module.css';
import { cx } from './cx.js';

export function Card({ children }: { readonly children: ReactNode }) {
  return <article className={css.card}>{children}</article>;
}

export function CardHead({ hasTile = false, children }: { readonly hasTile?: boolean; readonly children: ReactNode }) {
  return <div className={cx(css.head, hasTile && css.withTile)}>{children}</div>;
}
