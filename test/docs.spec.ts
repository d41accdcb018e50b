import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { ENVIRONMENT } from '../server/config/environment.js';
import { problemOf } from '../server/http/failure.js';
import { DomainError, ERROR_CODES, type ErrorCode } from '../server/kernel/domain-error.js';
import { catalog } from '../server/providers/catalog/index.js';
import {
  browserSessionKey,
  CHANGES_CHANNEL,
  grantKeys,
  indexKeys,
  LOOSE_AUDIT_KEY,
  sessionKeys,
} from '../server/storage/redis.keys.js';
import { clientSetups } from '../web/src/text/home-text.js';

const ROOT = resolve(__dirname, '..');
const LEFT_OUT = new Set(['node_modules', 'dist', '.git', '.data', 'coverage', 'screenshots']);

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder)).flatMap((name) => {
    if (LEFT_OUT.has(name)) return [];
    const path = join(folder, name);
    return statSync(join(ROOT, path)).isDirectory() ? filesBelow(path) : [path];
  });
}

const files = filesBelow('.');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const documents = files
  .filter((path) => path.endsWith('.md') && (!path.includes('/') || path.startsWith('docs/')))
  .map((path) => ({ path, text: read(path) }));

function documentOf(path: string): string {
  const found = documents.find((document) => document.path === path);
  if (!found) throw new Error(`${path} is missing`);
  return found.text;
}

/** Rows of every table of a document, without heads, as trimmed cells. */
function rowsOf(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .replace(/^\||\|$/g, '')
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replaceAll('\\|', '|')),
    );
}

/** As GitHub names them. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#{1,6} (.+)$/gm)].map((match) =>
    (match[1] as string)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** What stands in backticks, outside of fenced blocks. */
function codeSpans(text: string): string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] as string);
}

describe('the documents', () => {
  it('link to what exists, anchors included', () => {
    const broken = documents.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].flatMap((match) => {
        const [target = '', anchor] = (match[1] as string).split('#');
        const file = target === '' ? path : relative(ROOT, resolve(ROOT, dirname(path), target));
        if (!existsSync(join(ROOT, file))) return [`${path} → ${match[1]}`];
        if (anchor === undefined || !file.endsWith('.md')) return [];
        return anchorsOf(read(file)).includes(anchor) ? [] : [`${path} → ${match[1]}`];
      }),
    );
    expect(broken).toEqual([]);
  });

  it('name no file that does not exist', () => {
    const isPath = /^(?:[\w.*-]+\/)*[\w*-]+(?:\.[\w*-]+)*\.(?:tsx?|mjs|lua|json|md|css|html|png|jsonl)$/;
    const unknown = documents.flatMap(({ path, text }) =>
      codeSpans(text)
        .filter((span) => isPath.test(span) && !span.includes('*') && !span.startsWith('.cursor/'))
        .filter((span) => !files.some((file) => file === span || file.endsWith(`/${span}`)))
        .map((span) => `${path}: ${span}`),
    );
    expect(unknown).toEqual([]);
  });

  it('name no command that package.json does not have', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = documents.flatMap(({ text }) =>
      [...text.matchAll(/\bnpm run ([\w:]+)/g)].map((match) => match[1] as string),
    );
    expect([...new Set(named)].filter((name) => scripts[name] === undefined)).toEqual([]);
    const table = rowsOf(documentOf('README.md')).map(([first = '']) => first);
    const missing = Object.keys(scripts).filter((name) => !name.startsWith('build:'));
    expect(missing.filter((name) => !table.some((cell) => cell.endsWith(` ${name}\``)))).toEqual([]);
    const started = Object.values(scripts).flatMap((script) => script.match(/\bdist\/[\w./-]+\.js\b/g) ?? []);
    const sources = started.map((path) => path.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
    expect(sources.filter((path) => !files.includes(path))).toEqual([]);
  });
});

describe('README.md', () => {
  const text = documentOf('README.md');

  it('has the environment table of the schema', () => {
    const rows = rowsOf(text).filter(([name = '']) => /^`[A-Z][A-Z_]+`$/.test(name));
    const expected = Object.entries(ENVIRONMENT).map(([name, { schema, about }]) => {
      const unset = schema.safeParse(undefined).data;
      const isNothing = unset === undefined || (Array.isArray(unset) && unset.length === 0);
      return [`\`${name}\``, isNothing ? '' : `\`${unset}\``, about];
    });
    expect(rows).toEqual(expected);
  });

  it('has every Redis key', () => {
    const tag = 'a'.repeat(16);
    const id = tag + 'b'.repeat(32);
    const keys = [
      ...Object.values(sessionKeys(tag)),
      ...Object.values(grantKeys(id)),
      ...Object.values(indexKeys(new Uint8Array(32), 'user_1')),
      browserSessionKey('<row>'),
      LOOSE_AUDIT_KEY,
      CHANGES_CHANNEL,
    ].map((key) =>
      key
        .replaceAll(id, '<id>')
        .replaceAll(tag, '<tag>')
        .replace(/u-[0-9a-f]{32}/, 'u-<user>'),
    );
    const named = rowsOf(text).flatMap(([first = '']) => codeSpans(first).filter((span) => span.startsWith('pipes:')));
    expect(new Set(named)).toEqual(new Set(keys.filter((key) => !key.endsWith(':grant:'))));
  });

  it('connects clients by the lines of the home page', () => {
    const blocks = [...text.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].map((match) => (match[1] as string).trim());
    const setups = clientSetups('http://localhost:5711/mcp').map(({ command }) => command);
    expect(setups.filter((command) => !blocks.includes(command))).toEqual([]);
    const section = text.split('**Claude Code**')[1]?.split('## ')[0] ?? '';
    const named = [...section.matchAll(/^\*\*(.*?)\*\*/gm)].map(([, client]) => client);
    const offered = clientSetups('').map(({ client }) => client);
    expect(named.filter((client) => client !== 'Inspector without a browser window')).toEqual(offered.slice(1));
  });
});

describe('docs/errors.md', () => {
  it('lists every code with its category and HTTP status', () => {
    const table = documentOf('docs/errors.md').split('## When a call was begun')[0] as string;
    const rows = rowsOf(table).filter(([code = '']) => /^`[a-z_]+`$/.test(code));
    const expected = (Object.keys(ERROR_CODES) as ErrorCode[]).map((code) => {
      const { status } = problemOf(new DomainError(code, 'x'));
      return [`\`${code}\``, ERROR_CODES[code], String(status)];
    });
    expect(rows.map((row) => row.slice(0, 3)).sort()).toEqual(expected.sort());
    expect(rows.filter((row) => row.length !== 5 || row.some((cell) => cell === ''))).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  it('has the import table of the architecture test', () => {
    const table = /const MAY_IMPORT[^{]*\{([\s\S]*?)\n\};/.exec(read('test/architecture.spec.ts'))?.[1] ?? '';
    const expected = [...table.matchAll(/^\s+(\w+): \[(.*)\],$/gm)].map((match) => [
      `\`${match[1]}\``,
      (match[2] as string).replaceAll("'", '') || 'nothing',
    ]);
    expect(expected.length).toBeGreaterThan(10);
    const rows = rowsOf(documentOf('docs/architecture.md')).map((row) => row.slice(0, 2));
    expect(rows).toEqual(expect.arrayContaining(expected));
  });
});

describe('docs/security.md', () => {
  it('names tests that exist', () => {
    const named = [
      ...documentOf('docs/security.md').matchAll(/`([\w./-]+\.(?:spec|contract-suite)\.tsx?)`((?:[,;]? “[^”]+”)+)/g),
    ];
    expect(named.length).toBeGreaterThan(20);
    const missing = named.flatMap(([, path = '', names = '']) => {
      if (!existsSync(join(ROOT, path))) return [path];
      const source = read(path).replaceAll("\\'", "'");
      return [...names.matchAll(/“([^”]+)”/g)]
        .map((match) => match[1] as string)
        .filter((name) => !source.includes(name))
        .map((name) => `${path}: ${name}`);
    });
    expect(missing).toEqual([]);
  });
});

describe('docs/extending.md', () => {
  const text = documentOf('docs/extending.md');

  it('shows the files of docs/examples, whole and as they are', () => {
    const shown = [...text.matchAll(/`(docs\/examples\/[\w.-]+)`[^\n]*\n\n```(?:ts|json)\n([\s\S]*?)^```$/gm)];
    expect(shown.map(([, path]) => path).sort()).toEqual(
      files.filter((path) => path.startsWith('docs/examples/')).sort(),
    );
    for (const [, path = '', code] of shown) expect({ path, code }).toEqual({ path, code: read(path) });
    expect(text.match(/^```(?:ts|json)$/gm)?.length).toBe(shown.length);
  });

  it('changes lines that are there', () => {
    const diffs = [...text.matchAll(/`(server\/[\w./-]+)`[^\n]*\n\n```diff\n([\s\S]*?)^```$/gm)];
    expect(diffs.length).toBe(text.match(/^```diff$/gm)?.length);
    const gone = diffs.flatMap(([, path = '', diff = '']) =>
      diff
        .split('\n')
        .filter((line) => /^[- ]\s*\S/.test(line))
        .map((line) => line.slice(1).trim())
        .filter((line) => !read(path).includes(line))
        .map((line) => `${path}: ${line}`),
    );
    expect(gone).toEqual([]);
  });
});

describe('docs/adr', () => {
  it('has decisions of at most 40 lines', () => {
    const adrs = documents.filter(({ path }) => path.startsWith('docs/adr/'));
    expect(adrs.length).toBeGreaterThan(5);
    expect(adrs.filter(({ text }) => text.split('\n').length > 41).map(({ path }) => path)).toEqual([]);
  });
});

describe('docs/providers.md', () => {
  it('names every provider of the catalogue with its slug and its hosts', () => {
    const code = (text: string) => `\`${text}\``;
    const rows = catalog({ snowflake: { accountHost: null, sqlReads: 'off' } }).map(
      ({ name, id, slug, hosts, tenantHosts }) => [
        name,
        code(id),
        code(slug),
        [...hosts, ...tenantHosts].map(code).join(', '),
      ],
    );
    expect(rowsOf(documentOf('docs/providers.md')).slice(1)).toEqual(rows);
  });
});
