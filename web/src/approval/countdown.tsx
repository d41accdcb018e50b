import { remaining } from '../text/amounts.js';
import { askText } from '../text/approval-text.js';
import { cx } from '../ui/cx.js';
import { Icon } from '../ui/icon.js';
import layout from '../ui/layout.module.css';
import { useClock } from '../ui/use-clock.js';
import css from './foot.module.css';

const SOON_MS = 60_000;
const LAST_MS = 10_000;

/** Time until the request closes. It is not live text: a status speaks at one minute and at ten seconds only. */
export function Countdown({ closesAt, skewMs }: { readonly closesAt: number; readonly skewMs: number }) {
  const leftMs = closesAt - useClock(skewMs);
  return (
    <>
      <p className={cx(css.closes, leftMs <= SOON_MS && css.soon)}>
        <Icon name="clock" isSmall />
        <span>
          {askText.closes}
          <time>{remaining(leftMs)}</time>
        </span>
      </p>
      <output className={layout.unseen}>{spoken(leftMs)}</output>
    </>
  );
}

function spoken(leftMs: number): string {
  if (leftMs <= LAST_MS) return askText.tenSeconds;
  return leftMs <= SOON_MS ? askText.oneMinute : '';
}
