import type { ReactNode } from 'react';
import { cx } from './cx.js';
import { Icon } from './icon.js';
import css from './notice.module.css';

interface NoticeProps {
  /** Amber asks for attention; red says that something went wrong, and is announced at once. */
  readonly tone: 'write' | 'danger';
  readonly title: string;
  readonly children: ReactNode;
}

export function Notice({ tone, title, children }: NoticeProps) {
  return (
    <div className={cx(css.notice, css[tone])} role={tone === 'danger' ? 'alert' : undefined}>
      <Icon name="danger" />
      <div>
        <p>
          <strong>{title}</strong>
          {children}
        </p>
      </div>
    </div>
  );
}
