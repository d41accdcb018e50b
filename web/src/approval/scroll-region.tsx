import { type ReactNode, useCallback } from 'react';
import { cx } from '../ui/cx.js';
import css from './call.module.css';

interface RegionProps {
  readonly name: string;
  readonly isShort?: boolean;
  /** Watches the end of the content. */
  readonly endRef: (element: Element | null) => (() => void) | undefined;
  /** How far the person has scrolled, 0 to 1. */
  onProgress(share: number): void;
  readonly children: ReactNode;
}

/** A named region that scrolls and takes part in the order of tabs, so that a keyboard reaches its end too. */
export function ScrollRegion({ name, isShort = false, endRef, onProgress, children }: RegionProps) {
  const watch = useCallback((element: HTMLElement | null) => {
    // Set by hand: the region is no control, but a keyboard must be able to scroll it.
    if (element) element.tabIndex = 0;
  }, []);
  return (
    <section
      ref={watch}
      className={cx(css.scroller, isShort && css.short)}
      aria-label={name}
      onScroll={({ currentTarget: region }) =>
        onProgress((region.scrollTop + region.clientHeight) / region.scrollHeight)
      }
    >
      {children}
      <div className={css.end} ref={endRef} />
    </section>
  );
}
