import { Injectable, type PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import { DomainError } from '../kernel/domain-error.js';

const FIELDS_MAX = 10;
const NAME_MAX = 64;

interface WrongField {
  readonly field: string;
  readonly problem: string;
}

/**
 * Parses a body, a query or a parameter by a schema of zod or zod/mini.
 * @throws DomainError `invalid_arguments` that names each wrong field and repeats no value.
 */
@Injectable()
export class ZodPipe<Schema extends z.core.$ZodType> implements PipeTransform<unknown, z.output<Schema>> {
  constructor(private readonly schema: Schema) {}

  transform(value: unknown): z.output<Schema> {
    const parsed = z.safeParse(this.schema, value);
    if (parsed.success) return parsed.data;
    const fields = parsed.error.issues.flatMap(wrongFields).slice(0, FIELDS_MAX);
    const list = fields.map(({ field, problem }) => `${field}: ${problem}`).join('; ');
    throw new DomainError('invalid_arguments', `Correct this and send it again: ${list}.`, { fields });
  }
}

function wrongFields(issue: z.core.$ZodIssue): WrongField[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: nameOf([...path, key]), problem: 'is not known here' }));
  }
  return [{ field: nameOf(path), problem: issue.message }];
}

function nameOf(path: readonly string[]): string {
  return path.length === 0 ? 'the whole' : path.join('.').slice(0, NAME_MAX);
}
