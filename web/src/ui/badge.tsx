import type { ReactNode } from 'react';
import { words } from '../text/words.js';
import css from './badge.module.css';
import { cx } from './cx.js';
import { Icon } from './icon.js';

interface BadgesProps {
  readonly level: 'read' | 'write';
  /** Of a broad grant, which reads as well. */
  readonly isBoth?: boolean;
  readonly isDestructive?: boolean;
  readonly children?: ReactNode;
}

/** What kind of authority this is: an icon, a word, then colour. */
export function Badges({ level, isBoth = false, isDestructive = false, children }: BadgesProps) {
  return (
    <p className={css.badges}>
      <span className={cx(css.badge, css[level])}>
        <Icon name={level} isSmall />
        {level === 'read' ? words.read : isBoth ? words.readAndWrite : words.write}
      </span>
      {isDestructive && (
        <span className={cx(css.badge, css.danger)}>
          <Icon name="danger" isSmall />
          {words.destructive}
        </span>
      )}
      {children}
    </p>
  );
}

/** A small fact in a hairline. Never an action. */
export function Tag({ children }: { readonly children: ReactNode }) {
  return <span className={css.tag}>{children}</span>;
}
