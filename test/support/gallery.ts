import type { Browser } from 'playwright-core';
import { launchChromium } from './browser.js';
import { DESKTOP, PHONE_DARK, type Scene, Stage } from './stage.js';
import { type World, world } from './worlds.js';

/** 320 px is 1280 px at 400 %: WCAG 1.4.10. */
const AT_400_PERCENT = { width: 320, height: 256, scheme: 'light' } as const;
const AT_200_PERCENT = { width: 640, height: 450, scheme: 'dark' } as const;

/** Shows every scene in a real Chromium on the built server, writes its pictures and holds it to WCAG 2.2 AA. */
export function gallery(room: string, scenes: readonly Scene[]): void {
  describe(`the gallery of ${room}`, () => {
    let place: World;
    let browser: Browser;

    beforeAll(async () => {
      [place, browser] = await Promise.all([world('SQLite'), launchChromium()]);
    });

    afterAll(async () => {
      await browser.close();
      await place.end();
    });

    it.each(scenes)(
      '$name: axe finds nothing, nothing sticks out or is too small to press, no policy is broken',
      async (scene) => {
        const stage = await Stage.open(browser, place.server.url, scene);
        try {
          const found: Record<string, readonly string[]> = {};
          found['axe, light'] = await stage.measure('accessibility');
          await stage.shoot(scene.name);
          await stage.look(PHONE_DARK);
          found['axe, dark, phone'] = await stage.measure('accessibility');
          found['targets under 44 px, phone'] = await stage.measure('smallTargets');
          for (const view of [AT_400_PERCENT, AT_200_PERCENT, DESKTOP]) {
            await stage.look(view);
            found[`overflow at ${view.width} px`] = await stage.measure('overflow');
          }
          found['targets under 44 px'] = await stage.measure('smallTargets');
          found.policy = await stage.measure('violations');
          found.complaints = stage.complaints;
          expect(found).toEqual(Object.fromEntries(Object.keys(found).map((what) => [what, []])));
        } finally {
          await stage.close();
        }
      },
    );
  });
}
