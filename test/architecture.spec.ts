import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/**
 * The law of the house (docs/architecture.md). If a rule stands in your way, change the design in docs/ with a reason, and
 * then this table; never the table in silence.
 */
const ROOT = resolve(__dirname, '..');

/** Imports point down only. Everyone may import `kernel`. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  kernel: [],
  audit: [],
  http: [],
  providers: [],
  sessions: [],
  grants: ['sessions', 'providers', 'audit'],
  connections: ['providers', 'audit'],
  auth: ['sessions', 'audit', 'http'],
  gateway: ['grants', 'sessions', 'connections', 'providers', 'audit'],
  approvals: ['grants', 'sessions', 'connections', 'providers', 'auth', 'audit', 'http'],
  mcp: ['approvals', 'gateway', 'grants', 'connections', 'providers', 'sessions', 'auth', 'http'],
  sandbox: [],
  demo: [],
  classify: ['providers'],
};

/** What a file's suffix says about its layer. `null`: domain, which knows no framework, no driver, no clock. */
const SUFFIX =
  /\.(port|service|controller|tool|guard|filter|middleware|decorator|pipe|module|spec|text|contract|contract-suite)\.tsx?$/;

const DOMAIN_LIBRARIES = [
  'zod',
  'zod/mini',
  'graphql',
  'canonicalize',
  'ipaddr.js',
  'node-sql-parser/build/snowflake.js',
  'node:crypto',
  'node:util',
  '@scure/bip39/wordlists/english.js',
];

interface SourceFile {
  readonly path: string;
  readonly room: string;
  readonly text: string;
  readonly imports: readonly { readonly from: string; readonly isTypeOnly: boolean }[];
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === 'node_modules' ? [] : filesBelow(path);
    return /\.tsx?$/.test(name) && !name.endsWith('.d.ts') ? [path] : [];
  });
}

function read(folder: string): SourceFile[] {
  return filesBelow(join(ROOT, folder)).map((path) => {
    const text = readFileSync(path, 'utf8');
    const found = [...text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm)];
    const dynamic = [...text.matchAll(/\bimport\('([^']+)'\)/g)];
    const short = relative(ROOT, path).split(sep).join('/');
    return {
      path: short,
      room: short.split('/')[1] as string,
      text,
      imports: [
        ...found.map((match) => ({ from: match[2] as string, isTypeOnly: match[1] !== undefined })),
        ...dynamic.map((match) => ({ from: match[1] as string, isTypeOnly: false })),
      ],
    };
  });
}

const server = read('server');
const web = read('web');
const production = server.filter(isProduction);
/** docs/extending.md tells to put these into a folder of `server`: there they must pass, too. */
const examples = read('docs/examples').filter(isProduction);

function isProduction({ path }: SourceFile): boolean {
  return !/\.(spec|contract-suite)\.ts$/.test(path);
}

/** Repository paths of the files of ours that a file imports. */
function ours(file: SourceFile): string[] {
  return file.imports
    .filter(({ from }) => from.startsWith('.'))
    .map(({ from }) =>
      relative(ROOT, resolve(ROOT, dirname(file.path), from))
        .split(sep)
        .join('/')
        .replace(/\.js$/, '.ts'),
    );
}

function isAdapter(path: string): boolean {
  const parts = (path.split('/').at(-1) as string).replace(/\.tsx?$/, '').split('.');
  return parts.length > 1 && !SUFFIX.test(path);
}

/** Where a process begins, ours or a team's: it alone reads the environment. */
function isMain(file: SourceFile): boolean {
  return file.path.endsWith('/main.ts');
}

function isDomain(file: SourceFile): boolean {
  const name = file.path.split('/').at(-1) as string;
  return name.replace(/\.ts$/, '').indexOf('.') === -1 && Object.hasOwn(MAY_IMPORT, file.room);
}

describe('the architecture', () => {
  it('reads the tree', () => {
    expect(production.length).toBeGreaterThan(60);
  });

  it('imports point down only', () => {
    const wrong = production.flatMap((file) => {
      const allowed = MAY_IMPORT[file.room];
      if (allowed === undefined) return [];
      return ours(file)
        .filter((target) => {
          const room = target.split('/')[1] as string;
          return target.startsWith('server/') && room !== file.room && room !== 'kernel' && !allowed.includes(room);
        })
        .filter(
          (target) => !((file.path.endsWith('.module.ts') || isMain(file)) && target.startsWith('server/config/')),
        )
        .map((target) => `${file.path} → ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it('only app.module.ts knows the adapters of storage and workos; the sandbox is loaded by dynamic import', () => {
    const wrong = production.flatMap((file) =>
      ours(file)
        .filter(
          (target) => /^server\/(storage|workos|sandbox)\//.test(target) && !target.startsWith(`server/${file.room}/`),
        )
        .filter(() => !/^server\/(app\.module|upstream)\.ts$/.test(file.path))
        .map((target) => `${file.path} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('storage and workos import ports and domain files alone', () => {
    const wrong = production
      .filter((file) => ['storage', 'workos'].includes(file.room))
      .flatMap((file) =>
        ours(file)
          .filter((target) => !target.startsWith(`server/${file.room}/`))
          .filter(
            (target) => !target.endsWith('.port.ts') && (target.split('/').at(-1) as string).split('.').length > 2,
          )
          .map((target) => `${file.path} → ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it('config is imported by main, app and modules alone', () => {
    const wrong = [...production, ...examples]
      .filter((file) => file.room !== 'config' && file.path.split('/').length > 2)
      .filter((file) => !file.path.endsWith('.module.ts') && !isMain(file))
      .filter((file) => ours(file).some((target) => target.startsWith('server/config/')))
      .map((file) => file.path);
    expect(wrong).toEqual([]);
  });

  it('domain files know no framework, no driver, no environment and no clock', () => {
    const wrong = production
      .filter(
        (file) =>
          isDomain(file) &&
          !isMain(file) &&
          !['sandbox', 'demo'].includes(file.room) &&
          !['mcp', 'http'].includes(file.room),
      )
      .flatMap((file) => [
        ...file.imports
          .filter(({ from, isTypeOnly }) => !isTypeOnly && !from.startsWith('.') && !DOMAIN_LIBRARIES.includes(from))
          .map(({ from }) => `${file.path} imports ${from}`),
        ...(/\bDate\.now\(\)|\bnew Date\(\)|process\.env/.test(file.text)
          ? [`${file.path} reads a clock or the environment`]
          : []),
        ...ours(file)
          .filter((target) => /\.(service|controller|tool|guard|filter|module)\.ts$/.test(target) || isAdapter(target))
          .filter(() => !file.path.startsWith('server/approvals/'))
          .map((target) => `${file.path} → ${target}`),
      ]);
    expect(wrong).toEqual([]);
  });

  it('contracts import zod, kernel and each other only, and the page imports contracts only', () => {
    const contracts = server.filter((file) => file.path.endsWith('.contract.ts'));
    expect(contracts.length).toBeGreaterThan(0);
    const inContracts = contracts.flatMap((file) =>
      file.imports
        .map(({ from }) => from)
        .filter((from) => from !== 'zod/mini' && !/\/kernel\/|\.contract\.js$/.test(from))
        .map((from) => `${file.path} imports ${from}`),
    );
    const inPage = web.flatMap((file) =>
      ours(file)
        .filter((target) => target.startsWith('server/') && !target.endsWith('.contract.ts'))
        .map((target) => `${file.path} → ${target}`),
    );
    expect([...inContracts, ...inPage]).toEqual([]);
  });

  it('has no cycles', () => {
    const edges = new Map(
      production.map((file) => [
        file.path,
        ours(file).filter((_, index) => {
          const own = file.imports.filter(({ from }) => from.startsWith('.'));
          return !own[index]?.isTypeOnly;
        }),
      ]),
    );
    const cycles: string[] = [];
    const done = new Set<string>();
    const visit = (path: string, trail: readonly string[]) => {
      if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      if (done.has(path) || trail.includes(path)) return;
      for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
      done.add(path);
    };
    for (const path of edges.keys()) visit(path, []);
    expect(cycles).toEqual([]);
  });

  it('reads process.env in config and main alone', () => {
    const wrong = production
      .filter((file) => /process\.env/.test(file.text) && file.room !== 'config' && !isMain(file))
      .map((file) => file.path);
    expect(wrong).toEqual([]);
  });

  it('has no file over 250 lines', () => {
    const long = [...production, ...web.filter((file) => !/\.spec\.tsx?$/.test(file.path))]
      .map((file) => ({ path: file.path, lines: file.text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > 250);
    expect(long).toEqual([]);
  });

  it('has no any in signatures, and no global or circular wiring', () => {
    const wrong = [...production, ...web]
      .filter((file) => /:\s*any\b|\bas any\b|<any>|@ts-ignore|@ts-expect-error|@Global\(|forwardRef\(/.test(file.text))
      .map((file) => file.path);
    expect(wrong).toEqual([]);
  });

  it('keeps edges thin and modules small', () => {
    const long = production
      .map((file) => ({ path: file.path, lines: file.text.split('\n').length - 1 }))
      .filter(({ path, lines }) =>
        /\.module\.ts$/.test(path) ? lines > 60 : /\.(controller|tool|guard|filter)\.ts$/.test(path) && lines > 90,
      )
      .filter(({ path }) => path !== 'server/app.module.ts');
    expect(long).toEqual([]);
  });
});
