import { useCallback, useRef, useState } from 'react';

/** The foot covers the lower edge of the window: what lies under it is not in view. */
const COVERED_BY_FOOT = '0px 0px -96px 0px';

export interface Seen {
  readonly isAll: boolean;
  /** For an element at the end of a part; the part counts as seen once that element was really in view. */
  endOf(part: string): (element: Element | null) => (() => void) | undefined;
}

/**
 * Which parts of the call were looked at to their end (I31). What was seen stays seen. An observer of the window also counts
 * the edges of scroll regions, so it sees only what the person can see.
 */
export function useSeen(parts: readonly string[]): Seen {
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const markers = useRef(new Map<string, (element: Element | null) => (() => void) | undefined>());
  const endOf = useCallback((part: string) => {
    const known = markers.current.get(part);
    if (known) return known;
    const marker = (element: Element | null) => {
      if (element === null) return undefined;
      const observer = new IntersectionObserver(
        (entries) => {
          if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
          setSeen((before) => (before.has(part) ? before : new Set([...before, part])));
        },
        { rootMargin: COVERED_BY_FOOT },
      );
      observer.observe(element);
      return () => observer.disconnect();
    };
    markers.current.set(part, marker);
    return marker;
  }, []);
  return { isAll: parts.every((part) => seen.has(part)), endOf };
}
