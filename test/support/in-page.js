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
    animations: () =>
      document
        .getAnimations()
        .map(
          (animation) =>
            `${animation.animationName ?? animation.transitionProperty} ${animation.effect?.getTiming().easing}`,
        ),
  };
})();
