import { DomainError } from '../kernel/domain-error.js';
import type { ProviderDefinition } from '../providers/provider.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import { SecretAnswer } from '../providers/secret-answer.js';
import { isOfForm } from '../providers/tenant-host.js';
import type { LabelledLine } from './labelled-line.js';

/** What became of one line. What is refused or unmatched counts as a write, which allows least; a secret read is a read, though never callable. */
export interface Judgement {
  readonly line: LabelledLine;
  /** Under which the line is counted: the provider that it names, or that it expects. */
  readonly group: string;
  readonly outcome: 'read' | 'secret_read' | 'write' | 'refused' | 'unmatched' | 'matched';
  readonly verdict: 'right' | 'write_called_read' | 'read_called_write';
  readonly reason: string;
}

/** Judges lines by the catalogue. */
export class Judge {
  /** No tenant's host is configured. */
  readonly #bare: ProviderRegistry;
  /** The tenants' hosts of all lines are configured; each line may use its own provider's alone. */
  readonly #withTenants: ProviderRegistry;

  constructor(
    private readonly definitions: readonly ProviderDefinition[],
    private readonly lines: readonly LabelledLine[],
  ) {
    this.#bare = new ProviderRegistry(definitions);
    const hosts = Object.fromEntries(definitions.map(({ id }) => [id, new Set<string>()]));
    for (const line of lines) for (const provider of this.#tenantsOf(line)) hosts[provider.id]?.add(hostOf(line));
    const configured = Object.entries(hosts).map(([id, names]) => [id, [...names]] as const);
    this.#withTenants = new ProviderRegistry(definitions, { hosts: Object.fromEntries(configured), slugs: {} });
  }

  all(): readonly Judgement[] {
    return this.lines.map((line) => ('label' in line ? this.#ofCall(line) : this.#ofUrl(line)));
  }

  #ofCall(line: Extract<LabelledLine, { label: string }>): Judgement {
    const found = this.#outcome(line);
    const level = found.outcome === 'read' || found.outcome === 'secret_read' ? 'read' : 'write';
    const isRight = line.label === 'any' || line.label === level || line.acceptable?.includes(level) === true;
    const wrong = level === 'read' ? 'write_called_read' : 'read_called_write';
    return { line, group: line.provider ?? '(none)', ...found, verdict: isRight ? 'right' : wrong };
  }

  #outcome(line: Extract<LabelledLine, { label: string }>): Pick<Judgement, 'outcome' | 'reason'> {
    const { method, url, headers, body } = line;
    const registry = this.#tenantsOf(line).length > 0 ? this.#withTenants : this.#bare;
    try {
      const call = { method, url, ...(headers ? { headers } : {}), ...(body == null ? {} : { body }) };
      const { providerId, verdict } = registry.judge(call);
      const isOwn = this.#bare.byId(providerId)?.hosts.includes(hostOf(line));
      if (!isOwn && !this.#tenantsOf(line).some(({ id }) => id === providerId)) {
        return { outcome: 'unmatched', reason: `the host is a tenant's of ${providerId}` };
      }
      return { outcome: verdict.level, reason: verdict.reason };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (error instanceof SecretAnswer && error.verdict.level === 'read') {
        return { outcome: 'secret_read', reason: error.verdict.reason };
      }
      const outcome = error.code === 'provider_not_matched' ? 'unmatched' : 'refused';
      return { outcome, reason: `${error.code}: ${error.message}` };
    }
  }

  /** A token for another provider is as bad as one for a URL that none may match. */
  #ofUrl(line: Extract<LabelledLine, { expect: string }>): Judgement {
    const provider = this.#bare.claimant(line.url);
    const isExpected = provider !== null && [provider.id, provider.slug].includes(line.expect);
    const verdict =
      provider === null
        ? line.expect === 'none'
          ? 'right'
          : 'read_called_write'
        : isExpected
          ? 'right'
          : 'write_called_read';
    return {
      line,
      group: line.expect,
      outcome: provider === null ? 'unmatched' : 'matched',
      verdict,
      reason: provider === null ? 'no provider matches it' : `${provider.id} matches it`,
    };
  }

  /** The providers of the line's name for which its host has a tenant's form. */
  #tenantsOf(line: LabelledLine): readonly ProviderDefinition[] {
    if (!('label' in line) || line.provider === undefined) return [];
    const host = hostOf(line);
    return this.definitions.filter(
      ({ id, slug, tenantHosts }) =>
        [id, slug].includes(line.provider ?? '') && tenantHosts.some((form) => isOfForm(host, form)),
    );
  }
}

function hostOf({ url }: LabelledLine): string {
  try {
    return new URL(url).hostname;
  } catch {
    return '';
  }
}
