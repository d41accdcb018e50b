/** An anchored pattern of a URL path: `/v1/pages/{id}`, `/projects/{id:encoded}/issues`, `/rest/api/3/**`. */
export interface PathTemplate {
  readonly source: string;
  /** Case matters, nothing may follow. */
  matches(path: string): boolean;
  /** What stands at the placeholders of a path that matches, decoded; empty for one that does not. */
  parametersOf(path: string): readonly Parameter[];
  /** Whether some path matches both. */
  mayMeet(other: PathTemplate): boolean;
  /** Whether every path that matches `other` matches this one. */
  covers(other: PathTemplate): boolean;
  readonly segments: readonly Segment[];
}

export interface Parameter {
  readonly name: string;
  readonly value: string;
  /** The literal segment before the placeholder, such as `pages`; empty when there is none. */
  readonly after: string;
}

export interface Segment {
  readonly kind: 'literal' | 'one' | 'rest';
  readonly prefix: string;
  readonly suffix: string;
  /** Of a placeholder. */
  readonly name: string;
  readonly isEncoded: boolean;
}

const LITERAL = /^[A-Za-z0-9_.~:@!$()*'=,+-]*$/;
const PLACEHOLDER = /^([^{}]*)\{([A-Za-z][A-Za-z0-9_]*)(:encoded)?\}([^{}]*)$/;

/** Servers read it in two ways. Encoded twice it is one for whoever decodes once more. */
export const ENCODED_SLASH = /%(?:25)*2[Ff]/;
/** One segment without an encoded slash. */
const PLAIN = `((?:(?!${ENCODED_SLASH.source})[^/])+)`;
const ENCODED = '([^/]+)';
/** What `/**` stands for: one or more segments, a slash at the end included. */
const REST = `(?:(?!${ENCODED_SLASH.source}).)+`;

/** @throws Error when the template is not one, which stops the boot. */
export function pathTemplate(source: string): PathTemplate {
  if (!source.startsWith('/')) throw new Error(`The path template “${source}” does not start with a slash.`);
  const parts = source.slice(1).split('/');
  const segments = parts.map((part, index) => readSegment(part, index === parts.length - 1, source));
  const regexp = new RegExp(`^${segments.map((segment) => `/${expressionOf(segment)}`).join('')}$`);
  const placeholders = segments.flatMap((segment, index) => (segment.kind === 'one' ? [{ segment, index }] : []));
  const valuesOf = (path: string) => regexp.exec(path)?.slice(1) ?? null;
  const hasOneReading = (value: string, index: number) =>
    placeholders[index]?.segment.isEncoded !== true || everyPartIsAName(value);
  return {
    source,
    segments,
    matches: (path) => valuesOf(path)?.every(hasOneReading) ?? false,
    parametersOf: (path) =>
      (valuesOf(path) ?? []).map((value, at) => ({
        name: placeholders[at]?.segment.name ?? '',
        value: decodeURIComponent(value),
        after: literalBefore(segments, placeholders[at]?.index ?? 0),
      })),
    mayMeet: (other) => mayMeet(segments, other.segments),
    covers: (other) => covers(segments, other.segments),
  };
}

function readSegment(part: string, isLast: boolean, source: string): Segment {
  if (part === '**' && isLast) return { kind: 'rest', prefix: '', suffix: '', name: '', isEncoded: false };
  const placeholder = PLACEHOLDER.exec(part);
  const [prefix = '', suffix = ''] = placeholder ? [placeholder[1], placeholder[4]] : [part, ''];
  const isEmpty = part === '' && !isLast;
  const isDots = part === '.' || part === '..' || part.includes('**');
  if (isEmpty || isDots || !LITERAL.test(prefix) || !LITERAL.test(suffix)) {
    throw new Error(`The path template “${source}” has a segment that is not allowed: “${part}”.`);
  }
  if (!placeholder) return { kind: 'literal', prefix: part, suffix: '', name: '', isEncoded: false };
  return { kind: 'one', prefix, suffix, name: placeholder[2] ?? '', isEncoded: placeholder[3] !== undefined };
}

function expressionOf({ kind, prefix, suffix, isEncoded }: Segment): string {
  if (kind === 'rest') return REST;
  if (kind === 'literal') return quoted(prefix);
  return quoted(prefix) + (isEncoded ? ENCODED : PLAIN) + quoted(suffix);
}

function quoted(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function literalBefore(segments: readonly Segment[], index: number): string {
  const before = segments[index - 1];
  return before?.kind === 'literal' ? before.prefix : '';
}

/** A segment marked as encoded: no decoded part is empty or a dot segment. */
function everyPartIsAName(encoded: string): boolean {
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
    if (left.kind === 'rest' || right.kind === 'rest') return !isSlashAtEnd(left) && !isSlashAtEnd(right);
    if (!mayBeEqual(left, right)) return false;
  }
}

function mayBeEqual(a: Segment, b: Segment): boolean {
  if (a.kind === 'literal' && b.kind === 'literal') return a.prefix === b.prefix;
  if (a.kind === 'literal') return isInstance(a.prefix, b);
  if (b.kind === 'literal') return isInstance(b.prefix, a);
  const prefixes = a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix);
  const suffixes = a.suffix.endsWith(b.suffix) || b.suffix.endsWith(a.suffix);
  return prefixes && suffixes;
}

function covers(a: readonly Segment[], b: readonly Segment[]): boolean {
  for (let index = 0; ; index += 1) {
    const [left, right] = [a[index], b[index]];
    if (left === undefined || right === undefined) return left === right;
    if (left.kind === 'rest') return !isSlashAtEnd(right) && !b.slice(index).some(({ isEncoded }) => isEncoded);
    if (right.kind === 'rest' || !isCovered(right, left)) return false;
  }
}

function isCovered(inner: Segment, outer: Segment): boolean {
  if (outer.kind === 'literal') return inner.kind === 'literal' && inner.prefix === outer.prefix;
  if (inner.kind === 'literal') return isInstance(inner.prefix, outer);
  const isWithin = inner.prefix.startsWith(outer.prefix) && inner.suffix.endsWith(outer.suffix);
  return isWithin && (outer.isEncoded || !inner.isEncoded);
}

/** Whether a literal is what a segment with a placeholder stands for. */
function isInstance(literal: string, { prefix, suffix }: Segment): boolean {
  return literal.length > prefix.length + suffix.length && literal.startsWith(prefix) && literal.endsWith(suffix);
}

/** `/v1/` ends in an empty segment, which `/v1/**` does not stand for. */
function isSlashAtEnd({ kind, prefix }: Segment): boolean {
  return kind === 'literal' && prefix === '';
}
