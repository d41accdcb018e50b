import type { Browser, Locator, Page } from 'playwright-core';
import { approvedDecision, broadApproval, callApproval, NOW } from '../../web/src/testing/approval-fixture.js';
import { launchChromium } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { type Scene, type Script, Stage } from '../support/stage.js';
import { type World, world } from '../support/worlds.js';
import { ASKING } from './scenes/asking.scenes.js';
import { grant, grants, ID, MINUTE, signedIn } from './scenes/casts.js';
import { poisoned } from './scenes/hostile-text.js';

const TABS_MAX = 80;

/** Goes on by the Tab key alone, as somebody does who cannot use a mouse. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let pressed = 0; pressed < TABS_MAX; pressed += 1) {
    await page.keyboard.press('Tab');
    if ((await target.count()) > 0 && (await target.evaluate((element) => element.matches(':focus')))) return;
  }
  throw new Error(`the Tab key never came to ${target}`);
}

/** What the page has and Node has not. */
declare const requestAnimationFrame: (next: () => void) => number;

/** Scrolling by a key takes its time, and the page learns of it with the picture after: who tabs on earlier has not read it. */
const showsItsEnd = (region: Record<'scrollTop' | 'clientHeight' | 'scrollHeight', number>): Promise<boolean> =>
  new Promise((tell) =>
    requestAnimationFrame(() =>
      requestAnimationFrame(() => tell(region.scrollTop + region.clientHeight >= region.scrollHeight - 1)),
    ),
  );

const sceneOf = (script: Script, path = `/approve/${ID}`, shows = /\?$/): Scene => ({
  name: path,
  path,
  script: { ...signedIn, ...script },
  shows,
});
const scene = (name: string): Scene => ASKING.find((one) => one.name === name) as Scene;

const granted = { level: 'read' as const, providers: ['linear'], durationMs: 900_000, maxCalls: 20 };
const approved = broadApproval(
  { status: 'approved', version: 2, decision: approvedDecision, expiresAt: NOW + 15 * MINUTE },
  { granted },
);
const approvedCall = callApproval({
  status: 'approved',
  version: 2,
  decision: approvedDecision,
  expiresAt: NOW + 5 * MINUTE,
});

describe('WCAG 2.2 AA beyond what axe can see', () => {
  let place: World;
  let browser: Browser;
  let stage: Stage;

  const show = async (of: Scene, options: { readonly reducedMotion?: 'reduce' } = {}) => {
    stage = await Stage.open(browser, place.server.url, of, options);
    return stage.page;
  };
  const isInert = async (button: Locator) => (await button.getAttribute('aria-disabled')) === 'true';
  const decided = () => eventually('the decision is sent', () => stage.decisions.length === 1);

  beforeAll(async () => {
    [place, browser] = await Promise.all([world('SQLite'), launchChromium()]);
  });

  afterAll(async () => {
    await browser.close();
    await place.end();
  });

  afterEach(async () => {
    expect(stage.complaints).toEqual([]);
    await stage.close();
  });

  describe('by the keyboard alone', () => {
    it('a person narrows a request, writes a note and approves; Enter in a field decides nothing; the focus goes to the outcome', async () => {
      const page = await show(sceneOf({ approval: broadApproval(), decision: approved }));
      await tabTo(page, page.getByRole('checkbox', { name: 'Notion' }));
      await page.keyboard.press('Space');
      await tabTo(page, page.getByRole('radio', { name: /^5/ }));
      await page.keyboard.press('ArrowRight');
      await tabTo(page, page.getByLabel('calls', { exact: true }));
      await page.keyboard.type('20');
      await page.keyboard.press('Enter');
      await tabTo(page, page.getByLabel(/^Note to the assistant/));
      await page.keyboard.type('Only the Billing project.');
      await page.keyboard.press('Enter');
      expect(stage.decisions).toEqual([]);
      const approve = page.getByRole('button', { name: 'Approve' });
      await tabTo(page, approve);
      await eventually('Approve works', async () => !(await isInert(approve)));
      await page.keyboard.press('Enter');
      await decided();
      expect(stage.decisions).toEqual([
        {
          decision: 'approve',
          digest: broadApproval().digest,
          note: 'Only the Billing project.\n',
          providers: ['linear'],
          level: 'read',
          durationMs: 900_000,
          maxCalls: 20,
        },
      ]);
      const outcome = page.getByRole('heading', { level: 1, name: /may read/ });
      await eventually('the focus is on the outcome', () => outcome.evaluate((element) => element.matches(':focus')));
    });

    it('I31: a long call is read to its end by the keys, and only then Approve works', async () => {
      const page = await show({
        ...scene('ask-call-long'),
        script: { ...scene('ask-call-long').script, decision: approvedCall },
      });
      const approve = page.getByRole('button', { name: 'Approve' });
      expect(await isInert(approve)).toBe(true);
      for (const name of [/path and query/i, /body/i]) {
        const region = page.getByRole('region', { name });
        await tabTo(page, region);
        await page.keyboard.press('End');
        await eventually('the end is on screen', () => region.evaluate(showsItsEnd));
      }
      await page.getByText('You have seen all of it').waitFor();
      await tabTo(page, approve);
      await eventually('Approve works', async () => !(await isInert(approve)));
      await page.keyboard.press('Enter');
      await decided();
    });

    it('a destructive call is approved by holding Space; letting go early approves nothing and says so', async () => {
      const page = await show(sceneOf({ approval: callApproval(), decision: approvedCall }));
      const hold = page.getByRole('button', { name: 'Hold to approve' });
      await tabTo(page, hold);
      await eventually('the button works', async () => !(await isInert(hold)));
      await page.keyboard.press('Space');
      await page.getByText(/^Not approved/).waitFor();
      expect(stage.decisions).toEqual([]);
      await page.keyboard.down('Space');
      await decided();
      await page.keyboard.up('Space');
    });

    it('who cannot hold a button confirms by a box, and then presses once', async () => {
      const page = await show(sceneOf({ approval: callApproval(), decision: approvedCall }));
      await tabTo(page, page.getByText('You cannot hold a button down?'));
      await page.keyboard.press('Enter');
      await tabTo(page, page.getByRole('checkbox', { name: /I have read the whole call/ }));
      await page.keyboard.press('Space');
      const approve = page.getByRole('button', { name: 'Approve' });
      await tabTo(page, approve);
      await eventually('Approve works', async () => !(await isInert(approve)));
      await page.keyboard.press('Enter');
      await decided();
    });

    it('a person denies with a reason', async () => {
      const page = await show(sceneOf({ approval: broadApproval(), decision: { ...approved, status: 'denied' } }));
      await tabTo(page, page.getByLabel(/If you deny/));
      await page.keyboard.press('T');
      await tabTo(page, page.getByRole('button', { name: 'Deny' }));
      await page.keyboard.press('Enter');
      await decided();
      expect(stage.decisions).toMatchObject([{ decision: 'deny', reasonCode: 'too_broad' }]);
    });

    it('a dialog takes the focus, keeps it, closes by Escape and gives it back', async () => {
      const script = { active: grants(grant('g1')), pending: grants() };
      const page = await show(sceneOf(script, '/access#live', /My access/));
      const all = page.getByRole('button', { name: 'Revoke all', exact: true }).first();
      await tabTo(page, all);
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      await page.keyboard.press('Tab');
      expect(await dialog.evaluate((element) => element.matches(':focus-within'))).toBe(true);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      expect(await all.evaluate((element) => element.matches(':focus'))).toBe(true);
    });
  });

  describe('for who listens', () => {
    it('a broad request is one heading, named groups, named boxes and a named region to decide in', async () => {
      const page = await show(sceneOf({ approval: broadApproval() }));
      const tree = await page.locator('main').ariaSnapshot();
      for (const line of [
        /heading "Let Claude Code read Linear and Notion for 5 minutes\?" \[level=1\]/,
        /group "May read"/,
        /checkbox "Linear" \[checked\]/,
        /checkbox "Snowflake, not connected" \[disabled\]/,
        /group "For how long"/,
        /radio "5 minutes as asked" \[checked\]/,
        /textbox "calls"/,
        /textbox "Note to the assistant optional"/,
        /combobox "If you deny, the reason is"/,
        /region "Decision"/,
        /button "Deny"/,
        /button "Approve"/,
      ])
        expect(tree).toMatch(line);
    });

    it('an exact call names its parts and its regions, and says why Approve does nothing yet', async () => {
      const page = await show(scene('ask-call-long'));
      const tree = await page.locator('main').ariaSnapshot();
      for (const line of [
        /heading "The whole call" \[level=2\]/,
        /heading "Method" \[level=3\]/,
        /region "Body of the request"/,
        /radiogroup "Show the body as"/,
      ])
        expect(tree).toMatch(line);
      const approve = page.getByRole('button', { name: 'Approve' });
      const reason = await approve.getAttribute('aria-describedby');
      expect(await page.locator(`[id="${reason}"]`).textContent()).toBe(
        'Scroll to the end of the call to be able to approve.',
      );
    });

    it('time is said at one minute and at ten seconds, and at no other moment', async () => {
      const page = await show(sceneOf({ approval: broadApproval({ closesAt: NOW + 75_000 }) }));
      await page.clock.install();
      await page.reload();
      await page.getByRole('button', { name: 'Approve' }).waitFor();
      const spoken = page.locator('[role=status], output').filter({ hasText: /left$/ });
      expect(await spoken.count()).toBe(0);
      await page.clock.runFor(17_000);
      await page.getByText('One minute left').waitFor({ state: 'attached' });
      expect(
        await page
          .locator('time')
          .first()
          .evaluate((element) => element.closest('[aria-live], output, [role=status]')),
      ).toBeNull();
      await page.clock.runFor(49_000);
      await page.getByText('Ten seconds left').waitFor({ state: 'attached' });
    });

    it('what Approve does is said again when a choice changed it', async () => {
      const page = await show(sceneOf({ approval: broadApproval() }));
      await page.getByRole('checkbox', { name: 'Notion' }).uncheck({ force: true });
      await page
        .locator('output', { hasText: /Approve lets Claude Code read Linear for 5\sminutes/ })
        .waitFor({ state: 'attached' });
    });
  });

  it('moves nothing for who asked for less motion: the bar of a held button fills in steps', async () => {
    const page = await show(sceneOf({ approval: callApproval(), decision: 'never' }), { reducedMotion: 'reduce' });
    const hold = page.getByRole('button', { name: 'Hold to approve' });
    await page.getByText(/Whole digest/).scrollIntoViewIfNeeded();
    await eventually('the button works', async () => !(await isInert(hold)));
    await hold.focus();
    await page.keyboard.down('Space');
    await eventually('the bar fills', async () => (await stage.measure('animations')).length > 0);
    for (const animation of await stage.measure('animations')) expect(animation).toMatch(/steps\(3/);
    await page.keyboard.up('Space');
  });

  it.each([
    ['a broad request', { approval: poisoned(broadApproval(), 'אישור موافق') }],
    ['an exact call', { approval: poisoned(callApproval(), 'אישור موافق') }],
  ])('I30: text from right to left turns nothing else around in %s', async (_name, script) => {
    const page = await show(sceneOf(script, `/approve/${ID}`, /hx/));
    await page.getByText('אישור').first().waitFor();
    const { found, loose } = await stage.measure('rightToLeft');
    expect(found).toBeGreaterThan(5);
    expect(loose).toEqual([]);
  });
});
