import type { Browser, Page } from 'playwright-core';
import { approvedDecision, broadApproval, callApproval, NOW } from '../../web/src/testing/approval-fixture.js';
import { launchChromium } from '../support/browser.js';
import { type Scene, Stage } from '../support/stage.js';
import { type World, world } from '../support/worlds.js';
import { ID, signedIn } from './scenes/casts.js';

/** What the consent page may weigh in all, packed, with whatever it loads on demand until the decision; and with its outcome. */
const MOST_BYTES = { asking: 100_000, withOutcome: 104_000 };

const approved = { status: 'approved' as const, version: 2, decision: approvedDecision, expiresAt: NOW + 240_000 };
const granted = { level: 'read' as const, providers: ['linear'], durationMs: 300_000, maxCalls: null };

const path = `/approve/${ID}`;
const KINDS: readonly Scene[] = [
  {
    name: 'a broad request',
    path,
    script: { ...signedIn, approval: broadApproval(), decision: broadApproval(approved, { granted }) },
    shows: /Let Claude Code read/,
  },
  {
    name: 'one exact call',
    path,
    script: {
      ...signedIn,
      approval: callApproval({}, { destructive: null, connection: 'connected' }),
      decision: callApproval({ ...approved, execution: null }),
    },
    shows: /Let Claude Code archive/,
  },
];

/** Every file that came, with the bytes that came. */
async function transferred(page: Page): Promise<Readonly<Record<string, number>>> {
  const entries = (await page.evaluate(`[
    ...performance.getEntriesByType('navigation'),
    ...performance.getEntriesByType('resource'),
  ].map(({ name, encodedBodySize }) => [new URL(name).pathname, encodedBodySize])`)) as [string, number][];
  const icon = String(await page.evaluate(`document.querySelector('link[rel=icon]').href`));
  const { length } = await (await page.request.get(icon)).body();
  return Object.fromEntries([
    ...entries.filter(([name]) => !name.startsWith('/api/')),
    [new URL(icon).pathname, length],
  ]);
}

function expectAtMost(most: number, files: Readonly<Record<string, number>>): void {
  const sum = Object.values(files).reduce((one, other) => one + other, 0);
  expect({ sum, isLight: sum <= most, files }).toEqual({ sum, isLight: true, files });
  expect(Object.values(files).every((bytes) => bytes > 0)).toBe(true);
  expect(Object.keys(files).filter((name) => name.endsWith('.js')).length).toBeGreaterThan(2);
}

describe('the weight of the consent page', () => {
  let place: World;
  let browser: Browser;

  beforeAll(async () => {
    [place, browser] = await Promise.all([world('SQLite'), launchChromium()]);
  });

  afterAll(async () => {
    await browser.close();
    await place.end();
  });

  it.each(KINDS)('$name: all files together are at most 100 kB, packed as they are sent', async (scene) => {
    const stage = await Stage.open(browser, place.server.url, scene);
    try {
      const { page } = stage;
      const approve = page.getByRole('button', { name: 'Approve' });
      await approve.scrollIntoViewIfNeeded();
      expectAtMost(MOST_BYTES.asking, await transferred(page));
      await page.locator('button:not([aria-disabled])', { hasText: 'Approve' }).click();
      await page.getByRole('heading', { level: 1, name: /may read|has not run yet/ }).waitFor();
      expectAtMost(MOST_BYTES.withOutcome, await transferred(page));
    } finally {
      await stage.close();
    }
  });
});
