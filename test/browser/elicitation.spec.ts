import type { Browser } from 'playwright-core';
import { Assistant, type OpenPage } from '../support/assistant.js';
import { launchChromium } from '../support/browser.js';
import { people } from '../support/people.js';
import { forgetRequests } from '../support/provider-log.js';
import { Visitor } from '../support/visitor.js';
import { expectReceived, type SentBySlug } from '../support/wire.js';
import { STORES, type World, world } from '../support/worlds.js';

const WRITE = {
  method: 'POST',
  url: 'https://api.linear.app/graphql',
  body: { query: 'mutation { issueCreate(input: { teamId: "t", title: "By a page" }) { success } }' },
};
const BROAD = { providers: ['linear'], reason: 'To read the plan.' };
const SENT: SentBySlug = { linear: [{ ...WRITE, body: JSON.stringify(WRITE.body) }] };

describe.each(STORES)('a client of 2026-07-28 that opens pages for us, on %s', (store) => {
  let place: World;
  let browser: Browser;
  let visitor: Visitor | undefined;
  let assistant: Assistant;
  let openPage: OpenPage;
  let messages: string[];

  beforeAll(async () => {
    [place, browser] = await Promise.all([world(store), launchChromium()]);
    const open: OpenPage = (page) => {
      messages.push(page.message);
      return openPage(page);
    };
    assistant = await Assistant.connect('2026-07-28', place.server.mcpUrl, people.ana(), 'Opens pages', open);
  });

  afterAll(async () => {
    await assistant?.close();
    await browser?.close();
    await place?.end();
  });

  beforeEach(async () => {
    messages = [];
    visitor = undefined;
    await forgetRequests(place.server.sandboxUrl);
    await assistant.call('revoke_access');
  });

  afterEach(async () => {
    await visitor?.context.close();
    expect(visitor?.complaints ?? []).toEqual([]);
  });

  /** The person at the page that the client opened. */
  const decide = async (url: string, button: 'Approve' | 'Deny', outcome: RegExp) => {
    visitor = await Visitor.open(browser, url);
    await visitor.signIn(/Ana/, /Acme GmbH/);
    await visitor.page.getByRole('heading', { level: 1, name: /Let Opens pages/ }).waitFor();
    // Approve waits until the whole call was seen; a broad request has no digest to scroll to.
    const end = visitor.page.getByText(/Whole digest/);
    if ((await end.count()) > 0) await end.scrollIntoViewIfNeeded();
    await visitor.page.getByRole('button', { name: button }).click();
    await visitor.page.getByRole('heading', { level: 1, name: outcome }).waitFor();
  };

  it('a call without authority opens the page; approved there, the same call goes on by itself and is sent once', async () => {
    openPage = async ({ url }) => {
      await decide(url, 'Approve', /Approved\. The call has not run yet/);
      return 'accept' as const;
    };
    const ran = await assistant.call('call_integration_api', WRITE);
    expect(ran).toMatchObject({ isError: false, facts: { outcome: 'answered', status: 200 } });
    expect(messages).toEqual([expect.stringMatching(/^Run one call: .*Open the page to read and decide\.$/)]);
    await visitor?.page.getByRole('heading', { level: 1, name: /The call ran once/ }).waitFor();
    await expectReceived(place.server.sandboxUrl, SENT);
  });

  it('a client that comes back at once is held until the person has approved', async () => {
    let decided: Promise<void> | undefined;
    openPage = ({ url }) => {
      decided = decide(url, 'Approve', /Approved\. The call has not run yet|The call (?:is running|ran once)/);
      return 'accept' as const;
    };
    const ran = await assistant.call('call_integration_api', WRITE);
    await decided;
    // A busy machine may need more than 10 s for the page; then the approval waits for the call to be made again.
    const done = ran.isError
      ? await assistant.call('call_integration_api', { requestId: ran.facts.error.requestId })
      : ran;
    if (ran.isError) expect(ran.facts.error.code).toBe('call_again');
    expect(done).toMatchObject({ isError: false, facts: { outcome: 'answered' } });
    await expectReceived(place.server.sandboxUrl, SENT);
  });

  it('request_elevated_access opens the page, and answers with what was approved', async () => {
    openPage = async ({ url }) => {
      await decide(url, 'Approve', /may read Linear until/);
      return 'accept' as const;
    };
    const asked = await assistant.call('request_elevated_access', BROAD);
    expect(asked).toMatchObject({ isError: false, facts: { status: 'approved', granted: { level: 'read' } } });
    expect(messages).toEqual(['Let the assistant read with linear. Open the page to read and decide.']);
  });

  it('denied on the page, it says so and nothing is sent', async () => {
    openPage = async ({ url }) => {
      await decide(url, 'Deny', /You denied the request/);
      return 'accept' as const;
    };
    const denied = await assistant.call('call_integration_api', WRITE);
    expect(denied).toMatchObject({ isError: true, facts: { error: { code: 'request_denied' } } });
    await expectReceived(place.server.sandboxUrl, {});
  });

  it('I13: declined at the client, the request is taken back, which its page shows, and the question is not put again at once', async () => {
    let page = '';
    openPage = ({ url }) => {
      page = url;
      return 'decline' as const;
    };
    const declined = await assistant.call('request_elevated_access', BROAD);
    expect(declined).toMatchObject({ isError: true, facts: { error: { code: 'request_withdrawn' } } });
    visitor = await Visitor.open(browser, page);
    await visitor.signIn(/Ana/, /Acme GmbH/);
    await visitor.page.getByRole('heading', { level: 1, name: /took this request back/ }).waitFor();
    await visitor.page.getByText(/It says that you declined to open this page/).waitFor();
    openPage = () => {
      throw new Error('The page is opened once more.');
    };
    const again = await assistant.call('request_elevated_access', BROAD);
    expect(again.facts.error).toMatchObject({ code: 'recently_denied', retryAfterMs: expect.any(Number) });
    expect(again.text).toMatch(/The user declined this question a while ago/);
  });

  it('cancelled at the client, the request waits, and the link is given', async () => {
    openPage = () => 'cancel';
    // Another call: what was denied above is not asked again so soon.
    const other = { ...WRITE, body: { query: WRITE.body.query.replace('By a page', 'Another') } };
    const cancelled = await assistant.call('call_integration_api', other);
    const { error } = cancelled.facts;
    expect(error.code).toBe('request_pending');
    expect(cancelled.text).toContain(`${place.server.url}/approve/${error.requestId}`);
    expect((await assistant.call('check_access_request', { requestId: error.requestId })).facts.status).toBe('pending');
    await expectReceived(place.server.sandboxUrl, {});
  });
});
