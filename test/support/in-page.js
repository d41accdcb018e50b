// Runs inside the page of a browser test: what only the browser can measure. It changes nothing that a person sees.
(() => {
  const violations = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
  });

  const SMALLEST_TARGET_PX = 44;

  function isShown(element) {
    const { width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  }

  /** A box is pressed by its whole line or label, where it has one. */
  function targetOf(control) {
    if (!control.matches('input[type=checkbox], input[type=radio]')) return control;
    return control.closest('label') ?? control.closest('li') ?? control;
  }

  /** A link within a sentence is as high as its line: WCAG 2.5.8 excepts it. */
  function isInline(control) {
    return control.matches('a') && getComputedStyle(control).display === 'inline';
  }

  function nameOf(element) {
    return `${element.tagName.toLowerCase()} “${(element.textContent || element.getAttribute('aria-label') || '').trim().slice(0, 60)}”`;
  }

  window.inPage = {
    violations: () => violations,
    smallTargets: () =>
      [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
        .filter((control) => isShown(control) && !isInline(control))
        .map((control) => [control, targetOf(control).getBoundingClientRect()])
        .filter(([, { width, height }]) => Math.min(width, height) < SMALLEST_TARGET_PX - 0.5)
        .map(([control, { width, height }]) => `${nameOf(control)} ${Math.round(width)} × ${Math.round(height)}`),
    /** What sticks out of the window sideways. Regions that scroll by themselves may hold wider things. */
    overflow: () => {
      const edge = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= edge) return [];
      return [...document.querySelectorAll('body *')]
        .filter((element) => isShown(element) && element.getBoundingClientRect().right > edge + 0.5)
        .map(nameOf);
    },
    accessibility: async () => {
      const { violations: found } = await window.axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      });
      return found.map(
        ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
      );
    },
    /** Elements with Hebrew text, and those of them in which it could turn around what stands beside it. */
    rightToLeft: () => {
      const isIsolated = (element) =>
        element !== null &&
        (/isolate|plaintext/.test(getComputedStyle(element).unicodeBidi) || isIsolated(element.parentElement));
      const holders = [...document.querySelectorAll('body *')].filter((element) =>
        [...element.childNodes].some(
          (node) => node.nodeType === Node.TEXT_NODE && /\p{sc=Hebr}/u.test(node.textContent),
        ),
      );
      const loose = holders.filter((element) => !isIsolated(element)).map(({ outerHTML }) => outerHTML.slice(0, 200));
      return { found: holders.length, loose };
    },
    animations: () =>
      document
        .getAnimations()
        .map(
          (animation) =>
            `${animation.animationName ?? animation.transitionProperty} ${animation.effect?.getTiming().easing}`,
        ),
  };
})();
