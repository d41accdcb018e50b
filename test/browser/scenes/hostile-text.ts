/** Texts that broke other people's pages: markup, handlers, URLs, templates, CSS, control and bidirectional characters. */
export const HOSTILE: readonly string[] = [
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '</title><script>alert(1)</script>',
  '</textarea><script>alert(1)</script>',
  '</style><script>alert(1)</script>',
  '<!--<script>alert(1)</script>-->',
  '--><img src=x onerror=alert(1)>',
  '"><img src=x onerror=alert(1)>',
  "'><img src=x onerror=alert(1)>",
  '" onmouseover="alert(1)" x="',
  "' autofocus onfocus='alert(1)",
  '` onclick=`alert(1)`',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<object data="data:text/html,<script>alert(1)</script>"></object>',
  '<embed src="javascript:alert(1)">',
  '<a href="javascript:alert(1)">click</a>',
  '<form action="https://evil.example"><button>Approve</button></form>',
  '<base href="https://evil.example/">',
  '<link rel=stylesheet href="https://evil.example/x.css">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<style>*{display:none}</style>',
  '<div style="position:fixed;inset:0;background:url(https://evil.example)">over</div>',
  '<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></math>',
  '<details open ontoggle=alert(1)>',
  '<video><source onerror=alert(1)></video>',
  '<body onload=alert(1)>',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '&lt;img src=x onerror=alert(1)&gt;&#60;script&#62;',
  '\\u003cscript\\u003ealert(1)\\u003c/script\\u003e',
  `{{constructor.constructor("alert(1)")()}} $${'{alert(1)}'} <%= alert(1) %>`,
  '__proto__ constructor prototype toString',
  'expression(alert(1)); } * { display: none } /* */',
  '[click](javascript:alert(1)) ![x](https://evil.example/x.png)',
  '\u202eevorppA\u202c \u2066hidden\u2069 a\u200bb\u2060c\ufeffd \u00ad \u{e0041}',
  'z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308algo \u0000\u0007\u001b[31m \r\n\t \ufffd 👩‍👩‍👧‍👦 рaypal',
  'שלום العالم אישור موافق',
  'x'.repeat(3000),
];

/** Fields that hold what somebody else wrote. Everything else is ours, an id of ours, or an enumeration. */
const FREE_TEXT: ReadonlySet<string> = new Set(
  'name email reason title sentence levelReason destructive host path query value raw text reads writes scopes note organization method'.split(
    ' ',
  ),
);

/** The same facts, with `payload` in every text field. Each text ends in a mark by which it is found again. */
export function poisoned<T>(facts: T, payload: string, isFree = false): T {
  if (typeof facts === 'string') return (isFree ? `${payload} hx` : facts) as T;
  if (Array.isArray(facts)) return facts.map((item: unknown) => poisoned(item, payload, isFree)) as T;
  if (typeof facts !== 'object' || facts === null) return facts;
  const entries = Object.entries(facts).map(([key, value]: [string, unknown]) => [
    key,
    poisoned(value, payload, FREE_TEXT.has(key)),
  ]);
  return Object.fromEntries(entries) as T;
}
