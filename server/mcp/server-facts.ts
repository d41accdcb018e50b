import * as z from 'zod';
import type { ProviderDefinition } from '../providers/provider.js';

/** A line of what a provider is, and of one that was asked for all that an assistant needs to call it. */
const providerFacts = z.strictObject({
  id: z.string(),
  name: z.string(),
  hosts: z.array(z.string()),
  methods: z.array(z.string()).optional(),
  /** Names of what a caller may set. */
  headers: z.array(z.string()).optional(),
  reads: z.string().optional(),
  writes: z.string().optional(),
  instructions: z.string().optional(),
});

/** What an assistant is told of this server. */
export const serverFacts = z.strictObject({
  name: z.string(),
  version: z.string(),
  mcpUrl: z.string(),
  isSandbox: z.boolean(),
  defaultDurationMs: z.number(),
  maxDurationMs: z.number(),
  requestTtlMs: z.number(),
  howItWorks: z.string().optional(),
  providers: z.array(providerFacts),
});

type ProviderFacts = z.infer<typeof providerFacts>;

export function lineOf({ id, name, hosts }: ProviderDefinition): ProviderFacts {
  return { id, name, hosts: [...hosts] };
}

export function wholeOf(provider: ProviderDefinition): ProviderFacts {
  const { methods, callerHeaders, reads, writes, instructions } = provider;
  return {
    ...lineOf(provider),
    methods: [...methods],
    headers: Object.keys(callerHeaders),
    reads,
    writes,
    instructions,
  };
}

/** “Linear (api.linear.app)”; the name alone while its host is not set, which its instructions say. */
export function placeOf({ name, hosts }: ProviderFacts): string {
  return hosts.length === 0 ? name : `${name} (${hosts.join(', ')})`;
}
