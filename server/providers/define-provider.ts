import type { Call, CallInput, Description, Method, Verdict } from './call.js';
import type { Endpoint } from './endpoint.js';
import { pathTemplate } from './path-template.js';
import type { ProviderDefinition, Refused } from './provider.js';
import { type Rule, read, restRules } from './rest.js';
import { SECRET_READ } from './secret-answer.js';

/** What a provider's author says. Everything that is left out has a default that allows less, not more. */
export interface ProviderSpec {
  readonly id: string;
  readonly name: string;
  /** Slug of the integration in WorkOS Pipes. Default: the id. */
  readonly slug?: string;
  /** Default: the id. */
  readonly icon?: string;
  readonly hosts: readonly string[];
  /** See `ProviderDefinition`. `hosts` is then empty, or has the hosts that are the same for everyone. */
  readonly tenantHosts?: readonly string[];
  readonly mayBeSelfHosted?: boolean;
  /** What may be called. Default: the paths of `rules` and `endpoints`, nothing else. */
  readonly paths?: readonly string[];
  readonly neverCallable?: readonly string[];
  /** See `ProviderDefinition`. They need no rule beside. */
  readonly secretReads?: readonly string[];
  readonly refused?: readonly Refused[];
  /** Default: all but OPTIONS. */
  readonly methods?: readonly Method[];
  /** Sent with every call, beside `accept: application/json` and our user agent. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly callerHeaders?: ProviderDefinition['callerHeaders'];
  /** Default: `application/json`. */
  readonly contentType?: string;
  /** Default: `Authorization: Bearer <token>`. */
  readonly credential?: ProviderDefinition['credential'];
  /** The REST operations. A call that no rule names is a write. */
  readonly rules?: readonly Rule[];
  /** Paths that are judged by their bodies. They come before the rules. */
  readonly endpoints?: readonly Endpoint[];
  readonly reads: string;
  readonly writes: string;
  /** For the assistant: base URL, version, what is special. The examples are appended. */
  readonly instructions: string;
  readonly examples: { readonly read: CallInput; readonly write: CallInput };
}

/**
 * Builds a provider, ours or a team's: `defineProvider({ id, name, hosts, rules: [read('GET', '/v1/things/{id}', 'Read a thing')], … })`.
 * @throws Error when a template is not one, which stops the boot
 */
export function defineProvider(spec: ProviderSpec): ProviderDefinition {
  const secretReads = spec.secretReads ?? [];
  const rules = restRules([
    ...secretReads.map((path) => read('GET', path, undefined, { because: SECRET_READ })),
    ...(spec.rules ?? []),
  ]);
  const endpoints = (spec.endpoints ?? []).map((endpoint) => ({ ...endpoint, template: pathTemplate(endpoint.path) }));
  const endpointOf = (call: Call) => endpoints.find(({ template }) => template.matches(new URL(call.url).pathname));
  const describe = (call: Call): Description =>
    endpointOf(call)?.describe(call, spec.name) ?? rules.describe(call, spec.name);
  return {
    id: spec.id,
    name: spec.name,
    slug: spec.slug ?? spec.id,
    icon: spec.icon ?? spec.id,
    hosts: spec.hosts,
    tenantHosts: spec.tenantHosts ?? [],
    mayBeSelfHosted: spec.mayBeSelfHosted ?? false,
    paths: spec.paths ?? [...new Set([...endpoints, ...(spec.rules ?? [])].map(({ path }) => path))],
    neverCallable: spec.neverCallable ?? [],
    secretReads,
    refused: spec.refused ?? [],
    methods: spec.methods ?? ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    headers: { accept: 'application/json', 'user-agent': 'Countersign', ...spec.headers },
    callerHeaders: spec.callerHeaders ?? {},
    contentType: spec.contentType ?? 'application/json',
    credential: spec.credential ?? ((token) => ['authorization', `Bearer ${token}`]),
    classify: (call): Verdict => endpointOf(call)?.classify(call) ?? rules.classify(call),
    describe,
    rules: spec.rules ?? [],
    reads: spec.reads,
    writes: spec.writes,
    instructions: instructionsOf(spec),
    examples: spec.examples,
  };
}

function instructionsOf({ instructions, examples }: ProviderSpec): string {
  return `${instructions}\nRead, for example: ${JSON.stringify(examples.read)}\nWrite, for example: ${JSON.stringify(examples.write)}`;
}
