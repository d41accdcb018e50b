import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { Assistant } from '../support/assistant.js';
import { launchChromium } from '../support/browser.js';
import { people } from '../support/people.js';
import { Visitor } from '../support/visitor.js';
import { type World, world } from '../support/worlds.js';

describe('a person looks back in Chromium', () => {
  let place: World;
  let browser: Browser;
  let assistant: Assistant;
  let visitor: Visitor;

  beforeAll(async () => {
    [place, browser] = await Promise.all([world('SQLite'), launchChromium()]);
    assistant = await Assistant.connect('2025-11-25', place.server.mcpUrl, people.ana(), 'Claude Code');
  });

  afterAll(async () => {
    await assistant.close();
    await visitor?.context.close();
    await browser.close();
    await place.end();
    expect(visitor.complaints).toEqual([]);
  });

  it('finds what was denied by its outcome, opens it, and takes the list along as JSON Lines', async () => {
    const ask = async (provider: string) =>
      (await assistant.call('request_elevated_access', { providers: [provider], reason: `To read ${provider}.` }))
        .facts;
    const denied = await ask('linear');
    visitor = await Visitor.open(browser, denied.approvalUrl);
    const { page } = visitor;
    await visitor.signIn(/Ana/, /Acme GmbH/);
    await page.getByRole('button', { name: 'Deny' }).click();
    await page.getByRole('heading', { level: 1, name: /You denied the request/ }).waitFor();
    const taken = await ask('notion');
    await assistant.call('revoke_access', { requestId: taken.requestId });

    await page.goto(`${place.server.url}/access#history`);
    await page.getByRole('table', { name: '1 to 2 of 2, newest first' }).waitFor();
    expect(await page.getByLabel('Provider').getByRole('option').allTextContents()).toEqual([
      'All providers',
      'Linear',
      'Notion',
    ]);
    await page.getByLabel('Outcome').selectOption({ label: 'Denied' });
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('link', { name: 'Notion' }).waitFor({ state: 'detached' });
    expect(await page.getByRole('row').count()).toBe(2);

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export as JSON Lines' }).click(),
    ]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ id: denied.requestId, status: 'denied' }]);

    await page.getByRole('link', { name: 'Linear' }).click();
    await page.getByRole('heading', { level: 1, name: /You denied the request/ }).waitFor();
  });
});
