import type { Response } from 'express';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Markup that is safe to insert: only `html` makes it. */
export class Markup {
  constructor(readonly text: string) {}
}

type Inserted = Markup | string | number | null | readonly Markup[];

const inserted = (value: Inserted): string => {
  if (value === null) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'string' || typeof value === 'number')
    return String(value).replace(/[&<>"']/g, (c) => ENTITIES[c]!);
  return value.map((one) => one.text).join('');
};

/** Every inserted string is escaped. */
export function html(parts: TemplateStringsArray, ...values: Inserted[]): Markup {
  return new Markup(parts.map((part, index) => part + inserted(values[index] ?? null)).join(''));
}

export const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0; background: light-dark(#f3f3f0, #161614); color: light-dark(#1b1b18, #ecece6); }
.sandbox { margin: 0; padding: .5rem 1rem; background: #ffd24a; color: #1b1b18; font-weight: 600; text-align: center; }
main { max-inline-size: 30rem; margin: 2rem auto; padding: 1.5rem; border-radius: .75rem; background: light-dark(#fff, #22221f); }
h1 { margin: 0 0 .5rem; font-size: 1.4rem; line-height: 1.25; overflow-wrap: anywhere; }
form { display: grid; gap: .75rem; margin-block-start: 1.25rem; }
fieldset { border: 1px solid light-dark(#c9c9c2, #55554e); border-radius: .5rem; padding: .5rem 1rem; }
label { display: block; padding-block: .35rem; }
button { font: inherit; padding: .7rem 1rem; border: 1px solid light-dark(#6b6b64, #9a9a92); border-radius: .5rem;
  background: light-dark(#fff, #2c2c28); color: inherit; text-align: start; cursor: pointer; }
button small { display: block; opacity: .8; }
:focus-visible { outline: 3px solid light-dark(#1456c4, #8ab8ff); outline-offset: 2px; }
code { overflow-wrap: anywhere; }
`;

/**
 * Answers with a page of the sandbox. `formTargets`: origins, or schemes such as `cursor:`, that a form's answer may lead
 * to: browsers apply `form-action` to every redirect after a form.
 */
export function sendPage(
  res: Response,
  title: string,
  body: Markup,
  options: { status?: number; formTargets?: readonly string[] } = {},
): void {
  const formAction = ["'self'", ...(options.formTargets ?? [])].join(' ');
  res.status(options.status ?? 200);
  res.setHeader(
    'Content-Security-Policy',
    `default-src 'none'; style-src 'self'; form-action ${formAction}; base-uri 'none'; frame-ancestors 'none'`,
  );
  res.setHeader('Cache-Control', 'no-store');
  res.setHeader('Referrer-Policy', 'no-referrer');
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.type('html').send(
    html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Sandbox</title><link rel="stylesheet" href="/sandbox/style.css"></head>
<body><p class="sandbox" role="note">SANDBOX: this page plays WorkOS on your machine. Nobody here is real.</p>
<main><h1>${title}</h1>${body}</main></body></html>`.text,
  );
}

/** What `form-action` must name so that a redirect to `uri` works. */
export function formTarget(uri: string): string {
  const { origin, protocol } = new URL(uri);
  return origin === 'null' ? protocol : origin;
}
