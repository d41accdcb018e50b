interface Form {
  readonly action: string;
  readonly fields: Record<string, string>;
  readonly html: string;
}

/**
 * A person at a browser without a screen: follows redirects, keeps cookies per origin, and fills in the sandbox's forms. For
 * journeys in which the page is not what is tested; those use Chromium.
 */
export class Person {
  readonly #cookies = new Map<string, Map<string, string>>();

  constructor(
    readonly userId: string,
    readonly organization: string | null,
  ) {}

  /** Opens a URL and does what the pages ask, until the browser is led to `until`. Returns that URL, not opened. */
  async follow(start: string, until: string): Promise<URL> {
    let url = new URL(start);
    let post: Form | undefined;
    for (let step = 0; step < 20; step += 1) {
      if (url.href.startsWith(until)) return url;
      const response = await this.fetch(
        url.href,
        post ? { method: 'POST', body: new URLSearchParams(post.fields), headers: { origin: url.origin } } : {},
      );
      post = undefined;
      const location = response.headers.get('location');
      if (location !== null) {
        url = new URL(location, url);
        continue;
      }
      const page = await response.text();
      post = this.#answer(page);
      if (!post) throw new Error(`no form to fill in at ${url.href} (${response.status}): ${page.slice(0, 300)}`);
      url = new URL(post.action, url);
    }
    throw new Error(`never came to ${until}`);
  }

  /** One request with this person's cookies. Redirects are not followed. */
  async fetch(target: string, init: RequestInit = {}): Promise<Response> {
    const { origin } = new URL(target);
    const jar = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, jar);
    const headers = new Headers(init.headers);
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(target, { ...init, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = cookie.split(';');
      const [name = '', ...value] = pair.split('=');
      const isOver = attributes.some((attribute) => /^\s*(max-age=0|expires=Thu, 01 Jan 1970)/i.test(attribute));
      if (isOver) jar.delete(name.trim());
      else jar.set(name.trim(), value.join('='));
    }
    return response;
  }

  #answer(html: string): Form | undefined {
    const forms = [...html.matchAll(/<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)].map((match) => ({
      action: unescaped(match[1] as string),
      html: match[2] as string,
      fields: Object.fromEntries(
        [...(match[2] as string).matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map((field) => [
          field[1] as string,
          unescaped(field[2] as string),
        ]),
      ),
    }));
    for (const form of forms) {
      const extra = this.#choice(form.html);
      if (extra) return { ...form, fields: { ...form.fields, ...extra } };
    }
    return undefined;
  }

  #choice(html: string): Record<string, string> | undefined {
    if (html.includes(`name="user" value="${this.userId}"`)) return { user: this.userId };
    const organization: Record<string, string> = this.organization === null ? {} : { organization: this.organization };
    if (html.includes('name="decision" value="allow"')) return { decision: 'allow', ...organization };
    if (html.includes('name="organization"') && this.organization !== null) return organization;
    return undefined;
  }
}

function unescaped(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}
