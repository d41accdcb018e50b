import type { Browser } from 'playwright-core';
import { Assistant } from '../support/assistant.js';
import { launchChromium } from '../support/browser.js';
import { people } from '../support/people.js';
import { forgetRequests } from '../support/provider-log.js';
import { Visitor } from '../support/visitor.js';
import { expectReceived, type SentBySlug } from '../support/wire.js';
import { STORES, type World, world } from '../support/worlds.js';

const LINEAR = 'https://api.linear.app/graphql';
const READ = { method: 'POST', url: LINEAR, body: { query: '{ viewer { name } }' } };
const WRITE = {
  method: 'POST',
  url: LINEAR,
  body: { query: 'mutation { issueCreate(input: { teamId: "t", title: "From an assistant" }) { success } }' },
};

const sent = ({ method, url, body }: typeof READ) => ({ method, url, body: JSON.stringify(body) });

/** Another write, which one press approves: a destructive one is held. */
const creating = (title: string) => ({
  ...WRITE,
  body: { query: WRITE.body.query.replace('From an assistant', title) },
});

describe.each(STORES)('a person decides in Chromium, on %s', (store) => {
  let place: World;
  let browser: Browser;
  let visitor: Visitor;
  let assistant: Assistant;
  /** What the test declares that the provider APIs received: nothing, unless it says so. */
  let declared: SentBySlug;

  beforeAll(async () => {
    [place, browser] = await Promise.all([world(store), launchChromium()]);
  });

  afterAll(async () => {
    await browser.close();
    await place.end();
  });

  beforeEach(async () => {
    declared = {};
    await forgetRequests(place.server.sandboxUrl);
    assistant = await Assistant.connect('2025-11-25', place.server.mcpUrl, people.ana(), 'Claude Code');
  });

  afterEach(async () => {
    await assistant.close();
    await visitor.context.close();
    expect(visitor.complaints).toEqual([]);
    await expectReceived(place.server.sandboxUrl, declared);
  });

  const openRequest = async (args: Record<string, unknown>) => {
    const asked = await assistant.call('request_elevated_access', args);
    expect(asked.isError).toBe(false);
    visitor = await Visitor.open(browser, asked.facts.approvalUrl);
    return asked.facts as { requestId: string; approvalUrl: string; call?: { words: string } };
  };

  const check = async (requestId: string) => (await assistant.call('check_access_request', { requestId })).facts;

  it('signs in, chooses one of two providers, adds a note, approves; the assistant reads and is told the note', async () => {
    const { requestId } = await openRequest({
      providers: ['linear', 'notion'],
      reason: 'I need the open issues of the Billing project to compare them with the plan.',
    });
    const { page } = visitor;
    await page.getByRole('heading', { name: 'Sign in to read and decide' }).waitFor();
    await visitor.signIn(/Ana/, /Acme GmbH/);
    await page.getByRole('heading', { level: 1, name: /Let Claude Code read/ }).waitFor();
    await page.locator('button:not([aria-disabled=true])', { hasText: 'Approve' }).waitFor();
    await visitor.shoot(`broad-${store}`);
    // The whole row is the target: the label lies over the box.
    await page.getByRole('checkbox', { name: 'Notion' }).uncheck({ force: true });
    await page.getByLabel(/Note to the assistant/).fill('Only the Billing project, please.');
    const approve = page.getByRole('button', { name: 'Approve' });
    await approve.click();
    await page.getByRole('heading', { level: 1, name: /Claude Code may read Linear until/ }).waitFor();
    await visitor.shoot(`approved-${store}`);

    expect(await check(requestId)).toMatchObject({
      status: 'approved',
      granted: { providers: ['linear'], level: 'read' },
      userNote: 'Only the Billing project, please.',
    });
    expect((await assistant.call('call_integration_api', READ)).facts).toMatchObject({ status: 200 });
    declared = { linear: [sent(READ)] };
  });

  it('mistake 28: shows one exact call whole with its words; approved, it runs once and the page shows what came of it', async () => {
    const { requestId, call } = await openRequest({
      kind: 'request',
      ...WRITE,
      reason: 'You asked me to write this down.',
    });
    const { page } = visitor;
    await visitor.signIn(/Ana/, /Acme GmbH/);
    await page.getByRole('heading', { level: 1, name: /Let Claude Code/ }).waitFor();
    for (const word of call?.words.split(' ') ?? []) await page.getByText(word, { exact: true }).first().waitFor();
    await page.getByText('api.linear.app', { exact: true }).waitFor();
    await page.getByRole('radio', { name: 'Exact bytes' }).check();
    expect(await page.getByRole('region', { name: /body/i }).textContent()).toContain(JSON.stringify(WRITE.body));
    await visitor.shoot(`call-${store}`);
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('heading', { level: 1, name: /Approved. The call has not run yet/ }).waitFor();

    const ran = await assistant.call('call_integration_api', { requestId });
    expect(ran.facts).toMatchObject({ outcome: 'answered', status: 200 });
    await page.getByRole('heading', { level: 1, name: /The call ran once/ }).waitFor();
    await visitor.shoot(`executed-${store}`);
    declared = { linear: [sent(WRITE)] };
  });

  it('denies with a reason', async () => {
    const { requestId } = await openRequest({ providers: ['linear'], level: 'write', reason: 'Everything.' });
    const { page } = visitor;
    await visitor.signIn(/Ana/, /Acme GmbH/);
    await page.getByLabel(/If you deny/).selectOption({ label: 'Too broad' });
    await page.getByRole('button', { name: 'Deny' }).click();
    await page.getByRole('heading', { level: 1, name: /You denied the request/ }).waitFor();
    await visitor.shoot(`denied-${store}`);
    expect(await check(requestId)).toMatchObject({ status: 'denied', refusalReason: 'too_broad' });
  });

  it('shows another account nothing, and lets it be changed there', async () => {
    const { approvalUrl } = await openRequest({ providers: ['linear'], reason: 'Secret plans.' });
    const { page } = visitor;
    await visitor.signIn(/Bo/, null);
    await page.getByRole('heading', { level: 1, name: /There is no request here for this account/ }).waitFor();
    expect(await page.content()).not.toContain('Secret plans');
    await visitor.shoot(`wrong-account-${store}`);
    await page.getByRole('button', { name: 'Sign in with another account' }).click();
    await page.getByRole('button', { name: /Ana/ }).click();
    await page.getByRole('button', { name: /Acme GmbH/ }).click();
    await page.waitForURL(approvalUrl);
    await page.getByRole('heading', { level: 1, name: /Let Claude Code read/ }).waitFor();
  });

  it('mistake 28: says when the request has closed without a decision, and that nothing was allowed', async () => {
    const closing = await world(store, { ACCESS_REQUEST_TTL_MS: '1000' });
    try {
      const hurried = await Assistant.connect('2026-07-28', closing.server.mcpUrl, people.ana(), 'Claude Code');
      const { facts } = await hurried.call('request_elevated_access', { providers: ['linear'], reason: 'Quickly.' });
      visitor = await Visitor.open(browser, facts.approvalUrl);
      await visitor.signIn(/Ana/, /Acme GmbH/);
      const { page } = visitor;
      await page.getByRole('heading', { level: 1, name: /This request closed at .* without a decision/ }).waitFor();
      await page.getByText(/Nothing was allowed/).waitFor();
      await visitor.shoot(`expired-${store}`);
      expect((await hurried.call('check_access_request', { requestId: facts.requestId })).facts.status).toBe('expired');
      await hurried.close();
      await expectReceived(closing.server.sandboxUrl, {});
    } finally {
      await closing.end();
    }
  });

  it('says by itself when the request is withdrawn, and on reload what was decided', async () => {
    const { requestId, approvalUrl } = await openRequest({ providers: ['linear'], reason: 'First.' });
    const { page } = visitor;
    await visitor.signIn(/Ana/, /Acme GmbH/);
    await page.getByRole('heading', { level: 1, name: /Let Claude Code read/ }).waitFor();
    await assistant.call('revoke_access', { requestId });
    await page.getByRole('heading', { level: 1, name: /took this request back/ }).waitFor();
    await visitor.shoot(`withdrawn-${store}`);
    await page.goto(approvalUrl);
    await page.getByRole('heading', { level: 1, name: /took this request back/ }).waitFor();
  });

  it('lists on My access what is live and what waits; Revoke ends one, Revoke all ends all, and the next call is refused', async () => {
    const { requestId } = await openRequest({ providers: ['linear', 'notion'], reason: 'To read.' });
    const { page } = visitor;
    await visitor.signIn(/Ana/, /Acme GmbH/);
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('heading', { level: 1, name: /may read/ }).waitFor();
    await assistant.call('call_integration_api', READ);
    declared = { linear: [sent(READ)] };
    const askCall = async (call: typeof WRITE) =>
      (await assistant.call('request_elevated_access', { kind: 'request', ...call, reason: 'One more.' })).facts;
    const approved: string[] = [];
    for (const title of ['One', 'Two']) {
      const asked = await askCall(creating(title));
      await page.goto(asked.approvalUrl);
      // Approve waits until the whole call was seen.
      await page.getByText(/Whole digest/).scrollIntoViewIfNeeded();
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.getByRole('heading', { level: 1, name: /Approved. The call has not run yet/ }).waitFor();
      approved.push(asked.requestId);
    }
    const waiting = await askCall(WRITE);

    await page.goto(`${place.server.url}/access`);
    await page.getByRole('heading', { level: 1, name: 'My access' }).waitFor();
    await page
      .getByText(/POST api\.linear\.app\/graphql/)
      .first()
      .waitFor();
    await visitor.shoot(`access-live-${store}`);
    await page.getByRole('link', { name: /Waiting/ }).click();
    await page.getByRole('link', { name: 'Read and decide' }).first().waitFor();
    await visitor.shoot(`access-waiting-${store}`);
    await page.getByRole('link', { name: /Connections/ }).click();
    await page.getByRole('heading', { name: 'Snowflake' }).waitFor();
    await visitor.shoot(`access-connections-${store}`);

    const statuses = async () =>
      Promise.all([requestId, ...approved, waiting.requestId].map(async (id) => (await check(id)).status));
    await page.getByRole('link', { name: /^Live/ }).click();
    // The newest stands first.
    await page.getByRole('button', { name: 'Revoke', exact: true }).first().click();
    await page.getByText('Revoked').first().waitFor();
    expect(await statuses()).toEqual(['approved', 'approved', 'revoked', 'pending']);

    // Earlier tests left Ana more that is live.
    const live = await page.getByRole('button', { name: 'Revoke', exact: true }).count();
    expect(live).toBeGreaterThanOrEqual(2);
    await page.getByRole('button', { name: 'Revoke all', exact: true }).click();
    const question = page.getByRole('dialog', {
      name: new RegExp(`^End all ${live} live grants and put away .* waiting requests?\\?$`),
    });
    await question.getByText('No call begins after that. One that had begun may still arrive.').waitFor();
    await visitor.shoot(`access-revoke-all-${store}`);
    await question.getByRole('button', { name: 'Keep them' }).click();
    await question.waitFor({ state: 'hidden' });
    expect(await statuses()).toEqual(['approved', 'approved', 'revoked', 'pending']);
    await page.getByRole('button', { name: 'Revoke all', exact: true }).click();
    await question.getByRole('button', { name: 'Revoke all', exact: true }).click();
    await page.getByText('No assistant may do anything in your name now.').waitFor();
    expect(await statuses()).toEqual(['revoked', 'revoked', 'revoked', 'withdrawn']);
    await page.getByRole('link', { name: /Waiting/ }).click();
    await page.getByText('Nothing waits for you.').waitFor();

    expect(await assistant.call('call_integration_api', READ)).toMatchObject({ isError: true });
    for (const id of [...approved, waiting.requestId])
      expect(await assistant.call('call_integration_api', { requestId: id })).toMatchObject({ isError: true });
  });
});
