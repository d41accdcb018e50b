import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import type {
  EndedGrants,
  GrantChoicesView,
  GrantPageView,
  Integrations,
} from '../../server/approvals/access.contract.js';
import type { Approval, Me, Problem, Site } from '../../server/approvals/approvals.contract.js';

export const SCREENSHOTS = join(__dirname, '..', '..', 'screenshots');

/** `never`: no answer comes, like a long poll while nothing happens. `cut`: the connection breaks. */
type Played<T> = T | Problem | 'never' | 'cut';

/** What the server says in one scene. The page, its headers and its assets are the built server's own. */
export interface Script {
  readonly me?: Played<Me>;
  readonly site?: Played<Site>;
  readonly approval?: Played<Approval>;
  /** The answer to the long poll that follows. */
  readonly later?: Played<Approval>;
  readonly decision?: Played<Approval>;
  readonly pending?: Played<GrantPageView>;
  readonly active?: Played<GrantPageView>;
  readonly ended?: Played<GrantPageView>;
  readonly choices?: Played<GrantChoicesView>;
  readonly revoked?: Played<EndedGrants>;
  /** What is live and waits after that. */
  readonly left?: Played<GrantPageView>;
  readonly integrations?: Played<Integrations>;
}

export interface Scene {
  /** Also the name of its screenshots. */
  readonly name: string;
  readonly path: string;
  readonly script: Script;
  /** Waited for in the page before anything is looked at. */
  readonly shows: RegExp;
  /** What the person does first. */
  act?(page: Page): Promise<void>;
}

export interface View {
  readonly width: number;
  readonly height: number;
  readonly scheme: 'light' | 'dark';
}

export const DESKTOP: View = { width: 1280, height: 900, scheme: 'light' };
export const PHONE_DARK: View = { width: 390, height: 844, scheme: 'dark' };
const VIEWS: readonly View[] = [
  DESKTOP,
  { ...DESKTOP, scheme: 'dark' },
  { ...PHONE_DARK, scheme: 'light' },
  PHONE_DARK,
];

interface InPage {
  violations(): string[];
  smallTargets(): string[];
  overflow(): string[];
  accessibility(): Promise<string[]>;
  rightToLeft(): { found: number; loose: string[] };
  animations(): string[];
}

/** One real Chromium page on the built server, with the answers of its JSON API played. */
export class Stage {
  readonly complaints: string[] = [];
  readonly decisions: unknown[] = [];
  #hasRevoked = false;

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    private script: Script,
  ) {}

  /** `isBare`: without the tools that measure inside the page, for who measures its speed. */
  static async open(
    browser: Browser,
    origin: string,
    scene: Scene,
    { isBare = false, ...options }: { readonly isBare?: boolean; readonly reducedMotion?: 'reduce' } = {},
  ): Promise<Stage> {
    const { width, height, scheme } = DESKTOP;
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: scheme,
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
      ...options,
    });
    if (!isBare) {
      await context.addInitScript({ path: require.resolve('axe-core/axe.min.js') });
      await context.addInitScript({ path: join(__dirname, 'in-page.js') });
    }
    const stage = new Stage(context, await context.newPage(), scene.script);
    stage.page.on('pageerror', (error) => stage.complaints.push(String(error)));
    stage.page.on('dialog', (dialog) => stage.complaints.push(`dialog: ${dialog.message()}`));
    stage.page.on('request', (request) => {
      if (!request.url().startsWith(origin) && !request.url().startsWith('data:'))
        stage.complaints.push(`left the origin: ${request.url()}`);
    });
    await stage.page.route(/\/(?:api|logout)\b/, (route) => stage.#answer(route));
    await stage.show(origin, scene);
    return stage;
  }

  /** Another scene in the same window. */
  async show(origin: string, scene: Scene): Promise<void> {
    this.script = scene.script;
    this.#hasRevoked = false;
    await this.page.goto('about:blank');
    await this.page.goto(origin + scene.path);
    await this.page.locator('main h1', { hasText: scene.shows }).first().waitFor();
    await scene.act?.(this.page);
  }

  async look(view: View): Promise<void> {
    await this.page.emulateMedia({ colorScheme: view.scheme });
    await this.page.setViewportSize({ width: view.width, height: view.height });
  }

  measure<K extends keyof InPage>(what: K): Promise<Awaited<ReturnType<InPage[K]>>> {
    return this.page.evaluate(`window.inPage.${what}()`);
  }

  /** Light and dark, wide and narrow, each as tall as the page, so that the foot stands at its end and hides nothing. */
  async shoot(name: string): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    for (const view of VIEWS) {
      await this.look({ ...view, height: 600 });
      const height = Number(await this.page.evaluate('document.documentElement.scrollHeight'));
      await this.look({ ...view, height: Math.max(600, height) });
      await this.page.screenshot({ path: join(SCREENSHOTS, `${name}-${view.width}-${view.scheme}.png`) });
    }
    await this.look(DESKTOP);
  }

  async close(): Promise<void> {
    await this.page.unrouteAll({ behavior: 'ignoreErrors' });
    await this.context.close();
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request();
    const url = new URL(request.url());
    const played = this.#played(request.method(), url);
    this.#hasRevoked ||= request.method() === 'DELETE';
    if (url.pathname.endsWith('/decision')) this.decisions.push(request.postDataJSON());
    if (played === 'never') return;
    if (played === 'cut') return route.abort('connectionreset');
    if (played === undefined) {
      this.complaints.push(`not in the script: ${request.method()} ${url.pathname}${url.search}`);
      return route.abort();
    }
    const status = 'code' in played ? played.status : 200;
    await route.fulfill({ status, contentType: 'application/json', body: JSON.stringify(played) });
  }

  #played(method: string, { pathname, searchParams }: URL): Played<object> | undefined {
    const { script } = this;
    if (pathname === '/api/me') return script.me;
    if (pathname === '/api/site') return script.site;
    if (pathname === '/api/integrations') return script.integrations;
    if (pathname.endsWith('/decision')) return script.decision;
    if (pathname.startsWith('/api/approvals/')) {
      return searchParams.has('after') ? (script.later ?? 'never') : script.approval;
    }
    if (pathname === '/api/grants/choices') return script.choices;
    if (pathname.startsWith('/api/grants') && method === 'DELETE') return script.revoked;
    const state = searchParams.get('state');
    if (pathname === '/api/grants' && this.#hasRevoked && script.left && state !== 'ended') return script.left;
    if (pathname === '/api/grants' && method === 'GET') return script[state as 'pending' | 'active' | 'ended'];
    return undefined;
  }
}
