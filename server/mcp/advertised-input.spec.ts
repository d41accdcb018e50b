import * as z from 'zod';
import { codeOf } from '../../test/support/grants.js';
import { noInput, readInput } from './advertised-input.js';

const schema = z.strictObject({ providers: z.array(z.string()), durationMs: z.number().optional() });

function refusalOf(input: z.ZodObject, args: unknown): string {
  try {
    readInput(input, args);
    return 'taken';
  } catch (error) {
    return `${codeOf(error)}: ${(error as Error).message}`;
  }
}

describe('the arguments of a tool', () => {
  it('that are unknown are named, with those that it takes, and no value is repeated', () => {
    expect(refusalOf(schema, { providers: ['linear'], minutes: 'secret' })).toBe(
      'invalid_arguments: Correct this and send it again: minutes: is not known here. This tool takes providers, durationMs.',
    );
    expect(refusalOf(noInput, { verbose: true })).toMatch(/This tool takes no arguments\.$/);
  });

  it('that are known and wrong are named alone', () => {
    expect(refusalOf(schema, { providers: ['linear'], durationMs: 'soon' })).toMatch(
      /^invalid_arguments: .*durationMs/,
    );
    expect(refusalOf(schema, { providers: ['linear'], durationMs: 'soon' })).not.toContain('This tool takes');
  });

  it('that fit are taken, and none at all for a tool that takes none', () => {
    expect(readInput(schema, { providers: ['linear'] })).toEqual({ providers: ['linear'] });
    expect(readInput(noInput, undefined)).toEqual({});
  });
});
