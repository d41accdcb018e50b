import * as z from 'zod';

const level = z.enum(['read', 'write']);

/** One operation of an API with what it does, as people who know the API labelled it. */
const labelled = z.object({
  provider: z.string().optional(),
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()).nullish(),
  body: z.unknown().optional(),
  label: z.enum(['read', 'write', 'any']),
  acceptable: z.array(level).nullish(),
  /** `false`: a secret read. The project's own lines say it, so that a test can hold them to it. */
  callable: z.literal(false).optional(),
});

/** A URL, and which provider's token a call of it may carry: `none` for a URL that no provider may match. */
const located = z.object({ url: z.string(), expect: z.string() });

export type LabelledLine = { readonly number: number } & (z.output<typeof labelled> | z.output<typeof located>);

export class BadLine extends Error {
  override readonly name = 'BadLine';
}

/**
 * Reads JSON Lines. Empty lines count for the number alone.
 * @throws BadLine that names the line and what is wrong with it
 */
export function labelledLines(text: string): readonly LabelledLine[] {
  return text
    .replace(/^\ufeff/, '')
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [labelledLine(line, index + 1)]));
}

function labelledLine(line: string, number: number): LabelledLine {
  const value = jsonOf(line, number);
  const isLocated = typeof value === 'object' && value !== null && 'expect' in value && !('label' in value);
  const result = isLocated ? located.safeParse(value) : labelled.safeParse(value);
  if (result.success) return { ...result.data, number };
  const [issue] = result.error.issues;
  const field = issue?.path.join('.') || 'the line';
  throw new BadLine(
    `Line ${number}: ${field}: ${issue?.message ?? 'is wrong'}. A line has method, url and label, or url and expect.`,
  );
}

function jsonOf(line: string, number: number): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    throw new BadLine(`Line ${number} is not JSON.`);
  }
}
