import type { ReactNode } from 'react';
import { cx } from './cx.js';
import { Icon, type IconName } from './icon.js';
import css from './state.module.css';

export type Tone = 'ok' | 'write' | 'danger' | 'plain';

/** How something stands: an icon and a word, no box. */
export function State({
  tone,
  icon,
  children,
}: {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly children: ReactNode;
}) {
  return (
    <span className={cx(css.state, css[tone])}>
      <Icon name={icon} isSmall />
      {children}
    </span>
  );
}
