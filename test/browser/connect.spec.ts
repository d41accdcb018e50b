import type { Browser } from 'playwright-core';
import { ACME, ANA } from '../../server/sandbox/seed.js';
import { Assistant } from '../support/assistant.js';
import { launchChromium } from '../support/browser.js';
import { people } from '../support/people.js';
import { forgetRequests, headerOf, receivedBy } from '../support/provider-log.js';
import { Visitor } from '../support/visitor.js';
import { expectReceived, type SentBySlug } from '../support/wire.js';
import { type World, world } from '../support/worlds.js';

/** Spaces and an escape that no serialiser would write, so that only the same bytes are the same. */
const STATEMENT = {
  method: 'POST',
  url: 'https://sandbox.snowflakecomputing.com/api/v2/statements',
  body: '{ "statement":  "update orders set customer = \'Z\\u00fcrich é\' where id = 1003",\n  "timeout": 60 }',
};

describe('a person connects in Chromium', () => {
  let place: World;
  let browser: Browser;
  let visitor: Visitor;
  let declared: SentBySlug;

  beforeAll(async () => {
    [place, browser] = await Promise.all([world('SQLite'), launchChromium()]);
  });

  afterAll(async () => {
    await browser.close();
    await place.end();
  });

  beforeEach(async () => {
    declared = {};
    await forgetRequests(place.server.sandboxUrl);
  });

  afterEach(async () => {
    await visitor.context.close();
    expect(visitor.complaints).toEqual([]);
    await expectReceived(place.server.sandboxUrl, declared);
  });

  it('links Snowflake where the assistant sent them, by a press and not by the address, and lets one statement run', async () => {
    const assistant = await Assistant.connect('2025-11-25', place.server.mcpUrl, people.ana(), 'Claude Code');
    const stateOfSnowflake = async () => {
      const { facts } = await assistant.call('list_integrations');
      return facts.integrations.find(({ slug }: { slug: string }) => slug === 'snowflake').state;
    };
    try {
      const link = await assistant.call('connect_integration', { provider: 'snowflake' });
      expect(link.facts).toMatchObject({ provider: 'snowflake', state: 'not_connected' });
      visitor = await Visitor.open(browser, link.facts.connectUrl);
      const { page } = visitor;
      await page.getByRole('heading', { level: 1, name: 'Sign in to connect an account' }).waitFor();
      await visitor.signIn(/Ana/, /Acme GmbH/);
      await page.waitForURL(link.facts.connectUrl);
      await page.getByRole('heading', { level: 1, name: 'Connect your Snowflake account?' }).waitFor();
      await visitor.shoot('connect-page');
      expect(await stateOfSnowflake()).toBe('not_connected');

      await page.getByRole('button', { name: 'Connect Snowflake' }).click();
      await page.getByRole('heading', { name: 'Link your Snowflake account' }).waitFor();
      expect(new URL(page.url()).origin).toBe(place.server.sandboxUrl);
      await page.getByText('session:role:ANALYST').waitFor();
      await page.getByRole('button', { name: 'Allow', exact: true }).click();
      await page.waitForURL(link.facts.connectUrl);
      await page.getByRole('heading', { level: 1, name: 'Snowflake is connected' }).waitFor();
      await visitor.shoot('connect-page-connected');
      expect(await stateOfSnowflake()).toBe('connected');

      // Being connected allows nothing.
      expect(await assistant.call('call_integration_api', STATEMENT)).toMatchObject({ isError: true });
      const reason = 'You asked me to correct the order.';
      const asked = await assistant.call('request_elevated_access', { kind: 'request', ...STATEMENT, reason });
      const { requestId, approvalUrl } = asked.facts;
      await page.goto(approvalUrl);
      await page.getByText('sandbox.snowflakecomputing.com', { exact: true }).waitFor();
      await page.getByRole('radio', { name: 'Exact bytes' }).check();
      const shown = await page.getByRole('region', { name: /body/i }).locator('pre').last().textContent();
      await visitor.shoot('call-snowflake');
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.getByRole('heading', { level: 1, name: /Approved. The call has not run yet/ }).waitFor();
      await expectReceived(place.server.sandboxUrl, {});

      const ran = await assistant.call('call_integration_api', { requestId });
      expect(ran.facts).toMatchObject({ outcome: 'answered', status: 200, provider: 'snowflake' });
      await page.getByRole('heading', { level: 1, name: /The call ran once/ }).waitFor();
      expect(shown).toBe(STATEMENT.body);
      declared = { snowflake: [STATEMENT] };
      const [received] = await receivedBy(place.server.sandboxUrl, 'snowflake');
      expect(received).toMatchObject({ token: 'matches', userId: ANA.id, organizationId: ACME.id });
      expect(received && headerOf(received, 'x-snowflake-authorization-token-type')).toBe('OAUTH');
    } finally {
      await assistant.close();
    }
  });

  it('is told which scopes it did not allow, as the assistant is, and allows them by reconnecting', async () => {
    const assistant = await Assistant.connect('2025-11-25', place.server.mcpUrl, people.bo(), 'Claude Code');
    const linear = async () =>
      (await assistant.call('list_integrations', { provider: 'linear' })).facts.integrations[0];
    try {
      expect(await linear()).not.toHaveProperty('missingScopes');
      visitor = await Visitor.open(browser, `${place.server.url}/access#connections`);
      const { page } = visitor;
      await visitor.signIn(/Bo/, null);
      const again = async (decision: string) => {
        await page.getByRole('button', { name: 'Reconnect Linear' }).click();
        await page.getByRole('heading', { name: 'Link your Linear account' }).waitFor();
        await page.getByRole('button', { name: decision, exact: true }).click();
      };
      await again('Allow only the first');
      await page.getByText('Scopes are missing').waitFor();
      expect(await linear()).toMatchObject({ state: 'connected', missingScopes: ['write', 'issues:create'] });
      await again('Allow');
      await page.getByRole('button', { name: 'Reconnect Linear' }).waitFor();
      await page.getByText('Scopes are missing').waitFor({ state: 'detached' });
      expect(await linear()).not.toHaveProperty('missingScopes');
    } finally {
      await assistant.close();
    }
  });

  it('reads signed out how to connect the usual assistants, and copies each command', async () => {
    const { url, mcpUrl } = place.server;
    visitor = await Visitor.open(browser, url);
    const { page, context } = visitor;
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url });
    await page.getByRole('heading', { name: 'Connect your assistant' }).waitFor();
    await page.getByRole('link', { name: 'Sign in', exact: true }).waitFor();
    expect(await context.cookies()).toEqual([]);
    await visitor.shoot('home');
    const commands = {
      'Claude Code': `claude mcp add --transport http countersign ${mcpUrl}`,
      'VS Code': `code --add-mcp '{"name":"countersign","type":"http","url":"${mcpUrl}"}'`,
      Codex: `codex mcp add countersign --url ${mcpUrl}`,
      'Gemini CLI': `gemini mcp add --transport http countersign ${mcpUrl}`,
      Cursor: JSON.stringify({ mcpServers: { countersign: { url: mcpUrl } } }, null, 2),
      'MCP Inspector': `npx @modelcontextprotocol/inspector --transport http --server-url ${mcpUrl}`,
    };
    for (const [client, command] of Object.entries(commands)) {
      await page.getByRole('heading', { level: 3, name: new RegExp(`^${client}`) }).waitFor();
      await page.getByRole('button', { name: `Copy the setup for ${client}` }).click();
      await page.getByRole('button', { name: `Copied the setup for ${client}` }).waitFor();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(command);
      expect(await page.locator('pre').allTextContents()).toContain(command);
    }
  });
});
