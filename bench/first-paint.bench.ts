import type { Browser } from 'playwright-core';
import { ID, signedIn } from '../test/browser/scenes/casts.js';
import { launchChromium } from '../test/support/browser.js';
import { type Scene, Stage } from '../test/support/stage.js';
import { type World, world } from '../test/support/worlds.js';
import { broadApproval, callApproval } from '../web/src/testing/approval-fixture.js';

const SLOWDOWN = 4;
const RUNS = 5;
const MOST_MS = 1000;

/** From a cold cache, as somebody who follows a link for the first time. */
describe(`the consent page, with the CPU ${SLOWDOWN} times slower`, () => {
  let place: World;
  let browser: Browser;

  beforeAll(async () => {
    [place, browser] = await Promise.all([world('SQLite'), launchChromium()]);
  });

  afterAll(async () => {
    await browser.close();
    await place.end();
  });

  it.each([
    ['a broad request', broadApproval()],
    ['an exact call', callApproval()],
  ])('paints %s for the first time within a second', async (kind, approval) => {
    const scene: Scene = { name: kind, path: `/approve/${ID}`, script: { ...signedIn, approval }, shows: /\?$/ };
    const paints: number[] = [];
    const shown: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const stage = await Stage.open(browser, place.server.url, scene, { isBare: true });
      const session = await stage.context.newCDPSession(stage.page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
      await session.send('Network.setCacheDisabled', { cacheDisabled: true });
      await stage.show(place.server.url, scene);
      shown.push(await stage.page.evaluate('performance.now()'));
      paints.push(await stage.page.evaluate('performance.getEntriesByName("first-contentful-paint")[0].startTime'));
      await stage.close();
    }
    process.stdout.write(`${kind}: first paint ${median(paints)} ms, all of it on screen ${median(shown)} ms\n`);
    expect(median(paints)).toBeLessThan(MOST_MS);
  });
});

function median(values: readonly number[]): number {
  return Math.round([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN);
}
