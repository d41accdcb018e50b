import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';

const SCREENSHOTS = join(__dirname, '..', '..', 'screenshots');

/** A person at a real Chromium, and everything that the page complained about. */
export class Visitor {
  readonly complaints: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async open(browser: Browser, origin: string): Promise<Visitor> {
    const context = await browser.newContext({ colorScheme: 'light', viewport: { width: 1280, height: 900 } });
    const visitor = new Visitor(context, await context.newPage());
    visitor.page.on('console', (message) => {
      if (/content security|trusted type/i.test(message.text())) visitor.complaints.push(message.text());
    });
    visitor.page.on('pageerror', (error) => visitor.complaints.push(String(error)));
    visitor.page.on('request', (request) => {
      const { hostname } = new URL(request.url());
      if (!['localhost', '127.0.0.1'].includes(hostname)) visitor.complaints.push(`left loopback: ${request.url()}`);
    });
    await visitor.page.goto(origin);
    return visitor;
  }

  /** From the signed-out shell at the present address back to it, through the sandbox's pages. */
  async signIn(name: RegExp, organization: RegExp | null): Promise<void> {
    const { page } = this;
    await page.getByRole('link', { name: 'Sign in with your company account' }).click();
    await page.getByRole('button', { name }).click();
    if (organization) await page.getByRole('button', { name: organization }).click();
    await page.waitForURL(/localhost/);
  }

  async shoot(name: string): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    for (const scheme of ['light', 'dark'] as const) {
      for (const width of [1280, 390]) {
        await this.page.emulateMedia({ colorScheme: scheme });
        await this.page.setViewportSize({ width, height: 600 });
        // As tall as the page, so that the foot stands at its end and hides nothing.
        const height = await this.page.evaluate('document.documentElement.scrollHeight');
        await this.page.setViewportSize({ width, height: Math.max(600, Number(height)) });
        await this.page.screenshot({ path: join(SCREENSHOTS, `${name}-${width}-${scheme}.png`), fullPage: true });
      }
    }
    await this.page.emulateMedia({ colorScheme: 'light' });
    await this.page.setViewportSize({ width: 1280, height: 900 });
  }
}
