import * as z from 'zod';
import { ZodPipe } from '../http/zod.pipe.js';
import { DomainError } from '../kernel/domain-error.js';

/** A schema as the library takes it: the Standard Schema of https://standardschema.dev, with its JSON Schema. */
interface Advertised {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: 'countersign';
    readonly validate: (value: unknown) => { readonly value: unknown };
    readonly jsonSchema: Readonly<Record<'input' | 'output', () => Record<string, unknown>>>;
  };
}

/** Of a tool that takes no arguments. */
export const noInput = z.strictObject({});

/**
 * What a tool advertises as its input. The library only lists it: what it says about wrong arguments has no code and no facts, so
 * `readInput` checks them instead. The dialect is not named, as 2020-12 is the protocol's own.
 */
export function advertisedInput(schema: z.ZodObject): Advertised {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io: 'input',
    // Names are strings in JSON.
    override: ({ jsonSchema }) => {
      delete jsonSchema.propertyNames;
    },
  }) as Record<string, unknown>;
  const jsonSchema = { input: () => json, output: () => json };
  return { '~standard': { version: 1, vendor: 'countersign', validate: (value) => ({ value }), jsonSchema } };
}

/** @throws DomainError `invalid_arguments` that names each wrong field, and the right ones where one is unknown. Repeats no value. */
export function readInput<Schema extends z.ZodObject>(schema: Schema, args: unknown): z.output<Schema> {
  try {
    return new ZodPipe(schema).transform(args ?? {});
  } catch (error) {
    const known = Object.keys(schema.shape);
    const isKnown = (name: string) => known.includes(name);
    if (!(error instanceof DomainError) || Object.keys(args ?? {}).every(isKnown)) throw error;
    const takes = known.length === 0 ? 'no arguments' : known.join(', ');
    throw new DomainError(error.code, `${error.message} This tool takes ${takes}.`, error.details);
  }
}
