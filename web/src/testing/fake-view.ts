const watched = new Map<Element, () => void>();

/** jsdom has no layout: a test says itself what the person can see. */
export function installView(): void {
  watched.clear();
  class FakeObserver implements IntersectionObserver {
    readonly root = null;
    readonly rootMargin = '';
    readonly scrollMargin = '';
    readonly thresholds = [];
    #target: Element | null = null;
    constructor(private readonly tell: IntersectionObserverCallback) {}
    observe(target: Element): void {
      this.#target = target;
      watched.set(target, () => this.tell([{ isIntersecting: true, target } as IntersectionObserverEntry], this));
    }
    unobserve(target: Element): void {
      watched.delete(target);
    }
    disconnect(): void {
      if (this.#target) watched.delete(this.#target);
    }
    takeRecords(): IntersectionObserverEntry[] {
      return [];
    }
  }
  window.IntersectionObserver = FakeObserver;
  window.scrollTo = () => undefined;
}

/** Brings the ends of all parts `within` an element into view. */
export function scrollToEnds(within: (end: Element) => boolean = () => true): void {
  for (const [end, see] of [...watched]) if (within(end)) see();
}
