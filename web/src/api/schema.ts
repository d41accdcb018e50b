/**
 * What the contracts use of `zod/mini`, with the same answers, in a twentieth of its size: in the built page it stands in for it
 * (vite.config.ts), since the consent page has 100 kB for all. The server, and the tests, parse by zod itself.
 */
export interface Schema {
  /** The value as it is taken on, or `REFUSED`. */
  readonly read: (value: unknown) => unknown;
  safeParse(value: unknown): { readonly success: true; readonly data: unknown } | Refusal;
  check(...tests: readonly Test[]): Schema;
}
interface Refusal {
  readonly success: false;
  readonly error: null;
}
type Test = (value: never) => boolean;
type Shape = Readonly<Record<string, Schema>>;

const REFUSED = Symbol('refused');

function schema(read: Schema['read']): Schema {
  return {
    read,
    safeParse(value) {
      const data = read(value);
      return data === REFUSED ? { success: false, error: null } : { success: true, data };
    },
    check: (...tests) =>
      schema((value) => {
        const data = read(value);
        return data !== REFUSED && tests.every((test) => test(data as never)) ? data : REFUSED;
      }),
  };
}

function where(isSo: (value: unknown) => boolean): Schema {
  return schema((value) => (isSo(value) ? value : REFUSED));
}

export const string = () => where((value) => typeof value === 'string');
export const number = () => where(Number.isFinite);
export const int = () => where(Number.isSafeInteger);
export const boolean = () => where((value) => typeof value === 'boolean');
const enumOf = (values: readonly string[]) => where((value) => values.includes(value as string));

export { enumOf as enum };

export const nullable = (of: Schema) => schema((value) => (value === null ? null : of.read(value)));
export const optional = (of: Schema) => schema((value) => (value === undefined ? undefined : of.read(value)));

export const array = (of: Schema) =>
  schema((value) => {
    if (!Array.isArray(value)) return REFUSED;
    const items = value.map(of.read);
    return items.includes(REFUSED) ? REFUSED : items;
  });

/** Fields that are not in the shape are left out. */
export const object = (shape: Shape) =>
  schema((value) => {
    if (!isRecord(value)) return REFUSED;
    const taken: Record<string, unknown> = {};
    for (const [name, of] of Object.entries(shape)) {
      const field = of.read(value[name]);
      if (field === REFUSED) return REFUSED;
      if (field !== undefined || name in value) taken[name] = field;
    }
    return taken;
  });

/** A field that is not in the shape is refused. */
export const strictObject = (shape: Shape) => {
  const { read } = object(shape);
  return schema((value) => {
    const isStrict = isRecord(value) && Object.keys(value).every((name) => Object.hasOwn(shape, name));
    return isStrict ? read(value) : REFUSED;
  });
};

export const regex = (pattern: RegExp) => (value: string) => pattern.test(value);
export const maxLength = (most: number) => (value: { readonly length: number }) => value.length <= most;
export const minimum = (least: number) => (value: number) => value >= least;
export const maximum = (most: number) => (value: number) => value <= most;
export const positive = () => (value: number) => value > 0;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
