import { memo, type ReactNode } from 'react';
import { type Language, tokens } from '../text/tokens.js';
import { inOrder } from './children.js';
import css from './code.module.css';
import { cx } from './cx.js';
import { Drawn } from './drawn.js';

/** Code in colour, each piece isolated from the writing direction of its neighbours. */
export const Code = memo(function Code({ text, language }: { readonly text: string; readonly language: Language }) {
  const nodes = tokens(text, language).map(({ text: piece, kind }): ReactNode => {
    if (kind === 'plain') return <Drawn text={piece} />;
    return (
      <span className={cx(css.token, css[kind])}>
        <Drawn text={piece} />
      </span>
    );
  });
  return (
    <pre className={css.pre}>
      <code>{inOrder(nodes)}</code>
    </pre>
  );
});

/** The bytes as they are, without colour or form. */
export function RawCode({ text, className }: { readonly text: string; readonly className?: string }) {
  return (
    <pre className={cx(css.pre, css.raw, className)}>
      <code>
        <Drawn text={text} />
      </code>
    </pre>
  );
}
