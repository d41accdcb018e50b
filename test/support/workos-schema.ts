import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

interface Description {
  readonly operations: Record<string, { request?: unknown; responses: Record<string, unknown> }>;
}

/** The operations that we use, taken from WorkOS's OpenAPI description (MIT). */
const file = join(process.cwd(), 'test/fixtures/workos/openapi-subset.json');
const spec = JSON.parse(readFileSync(file, 'utf8')) as Description;

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(spec, 'workos');

const { operations } = spec;

const pointer = (...parts: readonly string[]) =>
  `workos#/${parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;

/**
 * What is wrong with a JSON answer, by WorkOS's published description of the operation (`GET /organizations/{id}`). An empty list when all is well; an
 * answer whose status the description does not know, or gives no schema, is well when it is not JSON.
 */
export function answerFaults(operation: string, status: number, body: unknown): readonly string[] {
  const responses = operations[operation]?.responses;
  if (!responses || !(String(status) in responses)) return [`${operation} does not answer ${status}`];
  if (responses[String(status)] === null) return [];
  return faults(pointer('operations', operation, 'responses', String(status)), body);
}

export function requestFaults(operation: string, body: unknown): readonly string[] {
  return faults(pointer('operations', operation, 'request'), body);
}

function faults(schema: string, value: unknown): readonly string[] {
  const validate = ajv.getSchema(schema);
  if (!validate) return [`no schema ${schema}`];
  return validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}
