import * as z from 'zod';

type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * What a tool advertises as its output: its facts, or a refusal with `error`. 2025-era clients check structured content
 * against it for errors, too, and lose the whole answer when it does not fit; the root is an object, as the protocol demands.
 * Only the first level is spelled out: every model reads this list, and the answers speak for themselves.
 */
export function advertisedOutput(schema: z.ZodType): Record<string, unknown> {
  const { properties, required } = z.toJSONSchema(schema, { io: 'output' });
  const short = Object.entries(properties ?? {}).map(([name, property]) => [name, firstLevel(property as JsonSchema)]);
  return { type: 'object', anyOf: [{ properties: Object.fromEntries(short), required }, { required: ['error'] }] };
}

function firstLevel({ type, enum: values, description, items }: JsonSchema): JsonSchema {
  return {
    ...(values === undefined ? (type === undefined ? {} : { type }) : { enum: values }),
    ...(description === undefined ? {} : { description }),
    ...(items === undefined ? {} : { items: firstLevel(items as JsonSchema) }),
  };
}
