import { isHostName } from './definition-check.js';
import type { ProviderDefinition } from './provider.js';
import { isOfForm } from './tenant-host.js';

/** What differs from deployment to deployment. */
export interface ProviderSettings {
  /** Provider id → the exact hosts of this deployment, for providers whose host is a tenant's. */
  readonly hosts: Readonly<Record<string, readonly string[]>>;
  /** Provider id → slug in WorkOS Pipes, where it is not the provider's own. */
  readonly slugs: Readonly<Record<string, string>>;
}

export const NO_SETTINGS: ProviderSettings = { hosts: {}, slugs: {} };

/** The definition as this deployment has it. Without a host that it needs it stays known, matches nothing and says so. */
export function configured(provider: ProviderDefinition, { hosts, slugs }: ProviderSettings): ProviderDefinition {
  const own = Object.hasOwn(hosts, provider.id) ? (hosts[provider.id] ?? []) : [];
  const slug = Object.hasOwn(slugs, provider.id) ? slugs[provider.id] : undefined;
  const named = { ...provider, slug: slug ?? provider.slug, hosts: [...new Set([...provider.hosts, ...own])] };
  const [form] = provider.tenantHosts;
  const [host] = named.hosts;
  if (form === undefined)
    return own.length === 0 ? named : { ...named, instructions: withHosts(named.instructions, own) };
  if (host === undefined) return { ...named, instructions: notConfigured(provider, form) };
  const tenant = own[0] ?? host;
  const filled = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll(form, tenant)) as T;
  const instructions = filled(named.instructions);
  return {
    ...named,
    instructions: own.length > 1 ? withHosts(instructions, own) : instructions,
    ...(named.examples === undefined ? {} : { examples: filled(named.examples) }),
  };
}

/** Everything that is wrong with the settings for a set of providers, as sentences. */
export function problemsOfSettings(
  providers: readonly ProviderDefinition[],
  { hosts, slugs }: ProviderSettings,
): readonly string[] {
  const known = new Map(providers.map((provider) => [provider.id, provider]));
  const unknown = (variable: string, id: string) =>
    `${variable} names “${id}”, which is no provider here. There is: ${[...known.keys()].join(', ')}.`;
  return [
    ...Object.keys(slugs).flatMap((id) => (known.has(id) ? [] : [unknown('PROVIDER_SLUGS', id)])),
    ...Object.entries(hosts).flatMap(([id, names]) => {
      const provider = known.get(id);
      return provider === undefined
        ? [unknown('PROVIDER_HOSTS', id)]
        : names.flatMap((host) => problemOfHost(provider, host) ?? []);
    }),
  ];
}

function problemOfHost({ id, hosts, tenantHosts, mayBeSelfHosted }: ProviderDefinition, host: string): string | null {
  if (hosts.includes(host) || tenantHosts.some((form) => isOfForm(host, form))) return null;
  if (mayBeSelfHosted) return isHostName(host) ? null : `PROVIDER_HOSTS: “${host}” is not one exact public host name.`;
  if (tenantHosts.length === 0) return `PROVIDER_HOSTS: the hosts of “${id}” are fixed and cannot be set.`;
  return `PROVIDER_HOSTS: “${host}” is no host of “${id}”. It must be like ${tenantHosts.join(' or ')}.`;
}

function notConfigured({ id, name }: ProviderDefinition, form: string): string {
  return `${name} cannot be called here yet: the operator of this server has to name its host in PROVIDER_HOSTS, as ${id}=${form}.`;
}

function withHosts(instructions: string, hosts: readonly string[]): string {
  return `${instructions}\nHosts of this server's organization: ${hosts.join(', ')}.`;
}
