import { useEffect, useRef } from 'react';
import type { OutcomeWords } from '../text/outcome-text.js';
import { plain } from '../text/phrase.js';
import { windowTitle } from '../text/words.js';
import { cx } from './cx.js';
import { Say } from './drawn.js';
import { Icon } from './icon.js';
import css from './outcome-head.module.css';

/** What happened. It takes the focus when it replaced something that the person was reading. */
export function OutcomeHead({ words, takesFocus }: { readonly words: OutcomeWords; readonly takesFocus: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const title = plain(words.title);
  useEffect(() => {
    document.title = windowTitle(title);
    if (!takesFocus) return;
    heading.current?.focus();
    window.scrollTo({ top: 0 });
  }, [title, takesFocus]);
  return (
    <div className={css.outcome}>
      <span className={cx(css.mark, css[words.mark])}>
        <Icon name={words.icon} />
      </span>
      <div className={css.words}>
        <h1 ref={heading} tabIndex={-1}>
          <Say phrase={words.title} />
        </h1>
        <p className={css.lede}>
          <Say phrase={words.lede} />
        </p>
      </div>
    </div>
  );
}
