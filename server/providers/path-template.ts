/** An anchored pattern of a URL path: `/v1/pages/{id}`, `/projects/{id:encoded}/issues`, `/rest/api/3/**`. */
export interface PathTemplate {
  readonly source: string;
  /** Case matters, nothing may follow. */
  matches(path: string): boolean;
  /** True when some path could match both. May be true for two that never meet, never false for two that do. */
  mayMeet(other: PathTemplate): boolean;
  readonly segments: readonly Segment[];
}

interface Segment {
  readonly kind: 'literal' | 'one' | 'rest';
  readonly prefix: string;
  readonly suffix: string;
}

const LITERAL = /^[A-Za-z0-9_.~:@!$()*'=,+-]*$/;
const PLACEHOLDER = /^([^{}]*)\{[A-Za-z][A-Za-z0-9_]*(:encoded)?\}([^{}]*)$/;

/** One segment without an encoded slash, which servers read in two ways. */
const PLAIN = '(?:(?!%2[Ff])[^/])+';
const ENCODED = '([^/]+)';
/** What `/**` stands for: one or more segments, a slash at the end included. */
const REST = '(?:(?!%2[Ff]).)+';

/** @throws Error when the template is not one, which stops the boot. */
export function pathTemplate(source: string): PathTemplate {
  if (!source.startsWith('/')) throw new Error(`The path template “${source}” does not start with a slash.`);
  const parts = source.slice(1).split('/');
  const segments: Segment[] = [];
  let pattern = '^';
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    const [expression, segment] = readSegment(part, isLast, source);
    pattern += `/${expression}`;
    segments.push(segment);
  }
  const regexp = new RegExp(`${pattern}$`);
  return {
    source,
    segments,
    matches(path) {
      return regexp.exec(path)?.slice(1).every(hasOneReading) ?? false;
    },
    mayMeet: (other) => mayMeet(segments, other.segments),
  };
}

function readSegment(part: string, isLast: boolean, source: string): readonly [string, Segment] {
  if (part === '**' && isLast) return [REST, { kind: 'rest', prefix: '', suffix: '' }];
  const placeholder = PLACEHOLDER.exec(part);
  const [prefix = '', suffix = ''] = placeholder ? [placeholder[1], placeholder[3]] : [part, ''];
  const isEmpty = part === '' && !isLast;
  const isDots = part === '.' || part === '..' || part.includes('**');
  if (isEmpty || isDots || !LITERAL.test(prefix) || !LITERAL.test(suffix)) {
    throw new Error(`The path template “${source}” has a segment that is not allowed: “${part}”.`);
  }
  if (!placeholder) return [quoted(part), { kind: 'literal', prefix: part, suffix: '' }];
  const inner = placeholder[2] ? ENCODED : PLAIN;
  return [quoted(prefix) + inner + quoted(suffix), { kind: 'one', prefix, suffix }];
}

function quoted(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A segment marked as encoded: no decoded part is empty or a dot segment. */
function hasOneReading(encoded: string): boolean {
  try {
    return decodeURIComponent(encoded)
      .split('/')
      .every((part) => part !== '' && part !== '.' && part !== '..');
  } catch {
    return false;
  }
}

function mayMeet(a: readonly Segment[], b: readonly Segment[]): boolean {
  for (let index = 0; ; index += 1) {
    const [left, right] = [a[index], b[index]];
    if (left === undefined || right === undefined) return left === right;
    if (left.kind === 'rest' || right.kind === 'rest') return true;
    if (!mayBeEqual(left, right)) return false;
  }
}

function mayBeEqual(a: Segment, b: Segment): boolean {
  if (a.kind === 'literal' && b.kind === 'literal') return a.prefix === b.prefix;
  if (a.kind === 'literal') return a.prefix.startsWith(b.prefix) && a.prefix.endsWith(b.suffix);
  if (b.kind === 'literal') return mayBeEqual(b, a);
  const prefixes = a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix);
  const suffixes = a.suffix.endsWith(b.suffix) || b.suffix.endsWith(a.suffix);
  return prefixes && suffixes;
}
