/** One answer in the eyes of `FormBrowser`. */
export interface FormPage {
  readonly url: string;
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

interface Form {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

const attribute = (tag: string, name: string) =>
  new RegExp(`\\b${name}="([^"]*)"`)
    .exec(tag)?.[1]
    ?.replaceAll('&amp;', '&')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"');

/** A browser of one origin without scripts: keeps cookies, follows redirects until they leave the origin, posts forms. */
export class FormBrowser {
  readonly #cookies = new Map<string, { value: string; path: string }>();

  constructor(private readonly origin: string) {}

  /** The page at which the redirects end. One outside of the origin is not fetched: status 0 and its URL. */
  get(url: string): Promise<FormPage> {
    return this.#request(new URL(url, this.origin), { method: 'GET' });
  }

  /** Posts the form with this action (or the only one), its hidden fields, and `chosen`. */
  submit(page: FormPage, chosen: Record<string, string>, action?: RegExp): Promise<FormPage> {
    const form = formsOf(page.text).find((one) => !action || action.test(one.action));
    if (!form) throw new Error(`No such form at ${page.url}:\n${page.text}`);
    const body = new URLSearchParams({ ...form.fields, ...chosen });
    return this.#request(new URL(form.action, page.url), { method: 'POST', body });
  }

  async #request(url: URL, init: { method: string; body?: URLSearchParams }): Promise<FormPage> {
    if (url.origin !== this.origin) return { url: url.href, status: 0, text: '', headers: new Headers() };
    const cookie = [...this.#cookies]
      .filter(([, { path }]) => url.pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
    const answer = await fetch(url, { ...init, headers: { cookie }, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) this.#keep(line);
    const location = answer.headers.get('location');
    if (location !== null && answer.status >= 300 && answer.status < 400) {
      await answer.arrayBuffer();
      return this.#request(new URL(location, url), { method: 'GET' });
    }
    return { url: url.href, status: answer.status, text: await answer.text(), headers: answer.headers };
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(/;\s*/);
    const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/';
    if (value === '') this.#cookies.delete(name);
    else this.#cookies.set(name, { value, path });
  }
}

function formsOf(text: string): readonly Form[] {
  return [...text.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, tag = '', inside = '']) => ({
    action: attribute(tag, 'action') ?? '',
    fields: Object.fromEntries(
      [...inside.matchAll(/<input\b([^>]*)>/g)]
        .map(([, input = '']) => input)
        .filter((input) => attribute(input, 'type') === 'hidden' || / checked/.test(input))
        .map((input) => [attribute(input, 'name') ?? '', attribute(input, 'value') ?? '']),
    ),
  }));
}
