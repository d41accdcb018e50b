import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Judge, type Judgement } from '../server/classify/judgement.js';
import { type LabelledLine, labelledLines } from '../server/classify/labelled-line.js';
import { DomainError } from '../server/kernel/domain-error.js';
import type { CallInput } from '../server/providers/call.js';
import { catalog } from '../server/providers/catalog/index.js';
import { foldedPath } from '../server/providers/folded-path.js';
import { pathTemplate } from '../server/providers/path-template.js';
import { ProviderRegistry } from '../server/providers/provider-registry.js';
import { isOfForm } from '../server/providers/tenant-host.js';

const LINES_MIN = 50;
const FOLDER = join(__dirname, 'corpus');
const definitions = catalog({ snowflake: { accountHost: null, sqlReads: 'parsed' } });
const withoutSql = catalog({ snowflake: { accountHost: null, sqlReads: 'off' } });
const corpus = new Map(
  readdirSync(FOLDER).map((file) => [
    file.replace('.jsonl', ''),
    labelledLines(readFileSync(join(FOLDER, file), 'utf8')),
  ]),
);
const linesOf = (id: string): readonly LabelledLine[] => corpus.get(id) ?? [];
const ids = definitions.map(({ id }) => id);

const shown = ({ line, verdict, outcome, reason }: Judgement) =>
  `line ${line.number}: ${verdict}, ${outcome}: ${reason}`;
const wrong = (judgements: readonly Judgement[]) => judgements.filter(({ verdict }) => verdict !== 'right').map(shown);

describe('the corpus', () => {
  it('has a file for each provider of the catalogue, and no other', () => {
    expect([...corpus.keys()].sort()).toEqual([...ids].sort());
    expect(ids.length).toBeGreaterThanOrEqual(30);
  });

  it.each(ids)(`I23: %s: at least ${LINES_MIN} labelled calls, reads and writes, all judged right`, (id) => {
    const lines = linesOf(id);
    const labels = lines.map((line) => ('label' in line ? line.label : line.expect));
    expect(lines.length).toBeGreaterThanOrEqual(LINES_MIN);
    expect(labels).toEqual(expect.arrayContaining(['read', 'write']));
    expect(wrong(new Judge(definitions, lines).all())).toEqual([]);
  });

  it.each(ids)('I26: %s: what answers with a secret says so, is a read, and can never be called', (id) => {
    const lines = linesOf(id);
    const secrets = lines.filter((line) => 'label' in line && line.callable === false).map(({ number }) => number);
    const found = new Judge(definitions, lines).all().filter(({ outcome }) => outcome === 'secret_read');
    expect(found.map(({ line }) => line.number)).toEqual(secrets);
  });

  it('I25: with SQL unread no write is called a read either', () => {
    const judgements = new Judge(withoutSql, [...corpus.values()].flat()).all();
    expect(judgements.filter(({ verdict }) => verdict === 'write_called_read').map(shown)).toEqual([]);
  });
});

/** The tenants' hosts of the corpus. */
const hosts = Object.fromEntries(
  definitions.map(({ id, tenantHosts }) => {
    const names = linesOf(id).flatMap(({ url }) => (URL.canParse(url) ? [new URL(url).hostname] : []));
    return [id, [...new Set(names.filter((name) => tenantHosts.some((form) => isOfForm(name, form))))]];
  }),
);
const registry = new ProviderRegistry(definitions, { hosts, slugs: {} });

function outcomeOf(call: CallInput): string {
  try {
    return registry.judge(call).verdict.level;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

/**
 * What is a write by a rule or a refusal. A line that is refused for its form, or whose path nobody knows, could be mended by a
 * mutation into a call that really is a read.
 */
function isKnownWrite(call: CallInput): boolean {
  try {
    const { level, operation } = registry.judge(call).verdict;
    return level === 'write' && operation !== undefined;
  } catch (error) {
    return error instanceof DomainError && error.code === 'call_not_allowed';
  }
}

/** What the spellings of a call have in common: method, host, folded path, and the body where it says what is done. */
function spelled({ method, url, body }: CallInput): string {
  const { hostname, pathname } = new URL(url);
  const said = /graphql|\/v2\/?$|statements/.test(pathname) ? JSON.stringify(body) : '';
  return `${method} ${hostname} ${foldedPath(pathname)} ${said}`;
}

/** Secret reads that are told by their paths. What a parameter or a document asks for, a mutation can take away. */
function secretReadsOf(id: string): readonly CallInput[] {
  const { secretReads = [] } = definitions.find((definition) => definition.id === id) ?? {};
  return linesOf(id).flatMap((line) => {
    if (!('label' in line) || line.callable !== false) return [];
    const { method, url } = line;
    return secretReads.some((path) => pathTemplate(path).matches(new URL(url).pathname)) ? [{ method, url }] : [];
  });
}

function writesOf(id: string): readonly CallInput[] {
  const reads = linesOf(id).filter((line) => 'label' in line && line.label === 'read' && URL.canParse(line.url));
  const readSpellings = new Set(reads.map((line) => spelled(line as CallInput)));
  return linesOf(id).flatMap((line) => {
    if (!('label' in line) || line.label !== 'write' || line.acceptable?.includes('read')) return [];
    const { method, url, headers, body } = line;
    const call = { method, url, ...(headers ? { headers } : {}), ...(body == null ? {} : { body }) };
    return isKnownWrite(call) && !readSpellings.has(spelled(call)) ? [call] : [];
  });
}

type Mutation = (call: CallInput) => CallInput;

const inUrl =
  (change: (url: string, path: string, query: string) => string): Mutation =>
  (call) => {
    const [, origin = '', path = '', query = ''] = /^(https:\/\/[^/?#]*)([^?#]*)(.*)$/s.exec(call.url) ?? [];
    return { ...call, url: change(origin, path, query) };
  };

const toggled = (text: string, at: number): string => {
  const index = at % Math.max(1, text.length);
  const letter = text[index] ?? '';
  const other = letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
  return text.slice(0, index) + other + text.slice(index + 1);
};

const encoded = (path: string, at: number, isUpper: boolean): string => {
  const index = 1 + (at % Math.max(1, path.length - 1));
  const code = (path.codePointAt(index) ?? 0x41).toString(16).padStart(2, '0');
  return `${path.slice(0, index)}%${isUpper ? code.toUpperCase() : code}${path.slice(index + 1)}`;
};

const TAILS = [
  '/',
  '//',
  '.',
  '%20',
  '%09',
  '%00',
  '%2F',
  '%2f',
  ';',
  ';x=1',
  '/.',
  '/..',
  '/%2e',
  '#',
  '#/x',
  '?',
  '%3F',
  '%3B',
  '.json',
  '+',
  '~',
  '&',
  '\\',
];
const QUERIES = [
  '_method=GET',
  'x-http-method-override=GET',
  '_HttpMethod=GET',
  '$httpMethod=GET',
  'method=GET',
  'alt=json',
];
const HEADERS = [
  'X-HTTP-Method-Override',
  'x-http-method',
  'X-Method-Override',
  'Content-Type',
  'Accept',
  'Authorization',
];

const mutations = fc.oneof(
  fc.nat().map((at): Mutation => inUrl((origin, path, query) => origin + toggled(path, at) + query)),
  fc.constant<Mutation>(inUrl((origin, path, query) => origin + path.toUpperCase() + query)),
  fc.constant<Mutation>(inUrl((origin, path, query) => origin + path.toLowerCase() + query)),
  fc
    .tuple(fc.nat(), fc.boolean())
    .map(([at, isUpper]): Mutation => inUrl((origin, path, query) => origin + encoded(path, at, isUpper) + query)),
  fc.constantFrom(...TAILS).map((tail): Mutation => inUrl((origin, path, query) => origin + path + tail + query)),
  fc
    .constantFrom('/./', '/x/../', '//', '/;/', '/%2e/')
    .map((dots): Mutation => inUrl((origin, path, query) => origin + path.replace('/', dots) + query)),
  fc
    .constantFrom(':443', ':8443', '.', '%2e')
    .map((tail): Mutation => inUrl((origin, path, query) => origin + tail + path + query)),
  fc.constant<Mutation>(inUrl((origin, path, query) => origin.toUpperCase().replace('HTTPS', 'https') + path + query)),
  fc.constant<Mutation>(inUrl((origin, path, query) => origin.replace('https://', 'https://a:b@') + path + query)),
  fc.constant<Mutation>(
    inUrl((origin, path, query) => origin + path + (query.startsWith('?') ? `${query}&${query.slice(1)}` : query)),
  ),
  fc
    .constantFrom(...QUERIES)
    .map(
      (more): Mutation =>
        inUrl((origin, path, query) => `${origin}${path}${query}${query.startsWith('?') ? '&' : '?'}${more}`),
    ),
  fc.constantFrom('lower', 'Title', 'HEAD').map(
    (how): Mutation =>
      (call) => {
        const { method } = call;
        if (how === 'HEAD') return method === 'GET' ? { ...call, method: 'HEAD' } : call;
        return { ...call, method: how === 'lower' ? method.toLowerCase() : method[0] + method.slice(1).toLowerCase() };
      },
  ),
  fc.tuple(fc.constantFrom(...HEADERS), fc.boolean()).map(
    ([name, isLower]): Mutation =>
      (call) => ({
        ...call,
        headers: {
          ...call.headers,
          [isLower ? name.toLowerCase() : name]: name === 'Content-Type' ? 'application/json' : 'GET',
        },
      }),
  ),
);

describe('I23 and I26: no mutation of a write becomes a read', () => {
  it.each(ids)('%s: case, encoding, dot segments, tails, doubled parameters, overrides', (id) => {
    const writes = writesOf(id);
    fc.assert(
      fc.property(fc.nat(writes.length - 1), fc.array(mutations, { minLength: 1, maxLength: 2 }), (index, changes) => {
        const mutated = changes.reduce((call, change) => change(call), writes[index] as CallInput);
        expect(outcomeOf(mutated) === 'read' ? mutated : null).toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});

const slashesIn = ({ url }: CallInput) => url.match(/%2f/gi)?.length ?? 0;

describe('I26: no mutation of a secret read can be called', () => {
  it.each(ids.filter((id) => secretReadsOf(id).length > 0))('%s', (id) => {
    const secrets = secretReadsOf(id);
    fc.assert(
      fc.property(fc.nat(secrets.length - 1), mutations, (index, change) => {
        const secret = secrets[index] as CallInput;
        const mutated = change(secret);
        // A slash that becomes a part of a name names another thing.
        if (slashesIn(mutated) > slashesIn(secret)) return;
        expect(['read', 'write'].includes(outcomeOf(mutated)) ? mutated : null).toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});
