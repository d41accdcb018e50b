import type { Browser } from 'playwright-core';
import { ANA } from '../../web/src/testing/ana.js';
import { approvedDecision, broadApproval, callApproval, NOW } from '../../web/src/testing/approval-fixture.js';
import { launchChromium } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { type Scene, type Script, Stage } from '../support/stage.js';
import { type World, world } from '../support/worlds.js';
import { ASKING } from './scenes/asking.scenes.js';
import { exactGrant, grant, grants, ID, integration, refusal, signedIn } from './scenes/casts.js';
import { HOSTILE, poisoned } from './scenes/hostile-text.js';

const each = <T>(make: (id: string) => T): T[] => HOSTILE.map((payload, index) => poisoned(make(`${index}`), payload));

/** A field holds several at once: a page for each of them would be a minute more of waiting for the same answer. */
const GROUPS = Array.from({ length: 6 }, (_, start) => HOSTILE.filter((_, index) => index % 6 === start).join('\n'));

/** Markup that none of our components writes. It would have come from the text. */
const FOREIGN_MARKUP =
  'script:not([src^="/assets/"]), iframe, object, embed, form[action], base, style, video, math, [style], [onerror], [onload], ' +
  '[onclick], [onfocus], [ontoggle], a[href^="javascript:"], a[href^="data:"], meta[http-equiv], ' +
  'img:not([src^="/assets/"]), link[href*=evil]';

describe('I29 and I30: no text of others is more than text', () => {
  let place: World;
  let browser: Browser;
  let stage: Stage;

  const scene = (path: string, script: Script): Scene => ({
    name: path,
    path,
    script: { ...signedIn, ...script },
    shows: path.startsWith('/access') ? /My access/ : path === '/' ? /./ : /hx|another organization/,
  });

  beforeAll(async () => {
    [place, browser] = await Promise.all([world('SQLite'), launchChromium()]);
    stage = await Stage.open(browser, place.server.url, scene('/', {}));
  });

  afterAll(async () => {
    await stage.close();
    await browser.close();
    await place.end();
  });

  const expectText = async () => {
    const foreign = await stage.page
      .locator(FOREIGN_MARKUP)
      .evaluateAll((found) => found.map((one) => one.outerHTML.slice(0, 200)));
    expect(foreign).toEqual([]);
    expect(await stage.measure('violations')).toEqual([]);
    expect(stage.complaints).toEqual([]);
  };

  /** How many of the texts are on the page: a test that shows none of them would prove nothing. */
  const texts = async () => (await stage.page.locator('main').textContent())?.match(/hx/g)?.length ?? 0;

  it.each(GROUPS)('in a broad request and in what is typed there: texts %#', async (payload) => {
    const approval = poisoned(broadApproval(), payload);
    const decided = poisoned(
      broadApproval({
        status: 'denied',
        version: 2,
        decision: { ...approvedDecision, outcome: 'denied', note: 'x', reasonCode: 'no' },
      }),
      payload,
    );
    await stage.show(
      place.server.url,
      scene(`/approve/${ID}`, { me: poisoned(ANA, payload), approval, decision: decided }),
    );
    expect(await texts()).toBeGreaterThan(8);
    await stage.page.getByLabel('calls', { exact: true }).fill(payload);
    await stage.page.getByLabel(/^Note to the assistant/).fill(payload.slice(0, 500));
    await expectText();
    await stage.page.getByRole('button', { name: 'Deny' }).click();
    await stage.page.getByRole('heading', { level: 1, name: /You denied/ }).waitFor();
    await expectText();
  });

  it('in the search among many providers', async () => {
    const many = ASKING.find(({ name }) => name === 'ask-broad-200') as Scene;
    await stage.show(place.server.url, many);
    for (const payload of GROUPS) {
      await stage.page.getByRole('searchbox').fill(payload);
      await expectText();
    }
  });

  it.each(GROUPS)('in an exact call, formatted and raw: texts %#', async (payload) => {
    const approval = poisoned(callApproval({}, { isKnown: true }), payload);
    await stage.show(place.server.url, scene(`/approve/${ID}`, { me: poisoned(ANA, payload), approval }));
    expect(await texts()).toBeGreaterThan(8);
    await stage.page.getByRole('radio', { name: 'Exact bytes' }).check({ force: true });
    await expectText();
  });

  it('in the outcome of a call and in the refusal of another organization', async () => {
    for (const payload of GROUPS) {
      const approval = poisoned(
        callApproval({
          status: 'executed',
          decision: { ...approvedDecision, note: 'x' },
          execution: { startedAt: NOW, finishedAt: NOW, status: 200, answerBytes: 1, failure: null },
        }),
        payload,
      );
      await stage.show(place.server.url, scene(`/approve/${ID}`, { approval }));
      await expectText();
    }
    const organization = { id: 'org_beta', name: HOSTILE.join(' ') };
    await stage.show(
      place.server.url,
      scene(`/approve/${ID}`, { approval: refusal(403, 'org_mismatch', HOSTILE.join(' '), { organization }) }),
    );
    await expectText();
  });

  it('in My access, on all of its tabs, and where an account is connected', async () => {
    const waiting = { status: 'pending', decidedAt: null, expiresAt: null } as const;
    const script: Script = {
      active: grants(...each((id) => grant(`l${id}`)), ...each((id) => exactGrant(`x${id}`))),
      pending: grants(...each((id) => exactGrant(`p${id}`, waiting))),
      ended: grants(...each((id) => grant(`e${id}`, { status: 'denied' }))),
      choices: { providers: [], clients: HOSTILE.map((name, index) => ({ id: `c${index} ${name}`, name })) },
      integrations: {
        items: HOSTILE.map((payload, index) => ({ ...poisoned(integration('Notion'), payload), slug: `s${index}` })),
      },
    };
    for (const tab of ['live', 'waiting', 'history', 'connections']) {
      await stage.show(place.server.url, scene(`/access#${tab}`, script));
      await eventually(`the texts are on ${tab}`, async () => (await texts()) >= HOSTILE.length);
      await expectText();
    }
    await stage.show(place.server.url, scene('/connect/s0', script));
    await expectText();
  });
});
