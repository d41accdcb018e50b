import { DomainError } from '../kernel/domain-error.js';
import type { Call, CallInput, Description, JudgedCall, Method, Verdict } from './call.js';
import { readUrl } from './call-url.js';
import { problemsOf } from './definition-check.js';
import { unknownDescription } from './description.js';
import { HostClaims } from './host-claims.js';
import { parseCall } from './parse-call.js';
import type { ProviderDefinition } from './provider.js';
import { configured, NO_SETTINGS, type ProviderSettings, problemsOfSettings } from './provider-settings.js';
import { SecretAnswer, secretReadRefusal } from './secret-answer.js';

/** All providers of this server. Two that could claim one URL stop the boot. */
export class ProviderRegistry {
  /** As this deployment has them. */
  readonly providers: readonly ProviderDefinition[];
  readonly #byId: ReadonlyMap<string, ProviderDefinition>;
  readonly #bySlug = new Map<string, ProviderDefinition[]>();
  readonly #byHost = new Map<string, HostClaims>();

  /** @throws DomainError `invalid_arguments` that lists everything that is wrong with the definitions and the settings */
  constructor(definitions: readonly ProviderDefinition[], settings: ProviderSettings = NO_SETTINGS) {
    this.providers = definitions.map((definition) => configured(definition, settings));
    const problems = [...problemsOfSettings(definitions, settings), ...problemsOf(this.providers)];
    if (problems.length > 0) {
      throw new DomainError('invalid_arguments', `The providers cannot be used together:\n- ${problems.join('\n- ')}`);
    }
    this.#byId = new Map(this.providers.map((provider) => [provider.id, provider]));
    for (const provider of this.providers) {
      this.#bySlug.set(provider.slug, [...this.bySlug(provider.slug), provider]);
      for (const host of provider.hosts) {
        const claims = this.#byHost.get(host) ?? new HostClaims(host);
        this.#byHost.set(host, claims);
        claims.add(provider);
      }
    }
  }

  byId(id: string): ProviderDefinition | undefined {
    return this.#byId.get(id);
  }

  /** One integration may serve several APIs: Jira and Confluence are both reached by `atlassian`. */
  bySlug(slug: string): readonly ProviderDefinition[] {
    return this.#bySlug.get(slug) ?? [];
  }

  /** Reads a call into its one canonical form, finds its provider and judges it. @throws DomainError */
  judge(input: CallInput): JudgedCall {
    const { provider, call } = parseCall(input, (method, url) => this.#locate(method, url));
    return this.#judged(provider, call);
  }

  /** Judges a call that is canonical already, such as a stored one. @throws DomainError */
  judgeCall(call: Call): JudgedCall {
    return this.#judged(this.#locate(call.method, readUrl(call.url)), call);
  }

  /** The provider whose token a call of this URL could carry, whatever its method and body. */
  claimant(text: string): ProviderDefinition | null {
    try {
      const { hostname, pathname } = readUrl(text);
      return this.#byHost.get(hostname)?.claimant(pathname) ?? null;
    } catch (error) {
      if (error instanceof DomainError) return null;
      throw error;
    }
  }

  #judged(provider: ProviderDefinition, call: Call): JudgedCall {
    const verdict = verdictOf(provider, call);
    const { hostname, pathname } = new URL(call.url);
    if (this.#byHost.get(hostname)?.ownerOfSecretRead(call.method, pathname) !== undefined) {
      throw new SecretAnswer(secretReadRefusal(provider.name), verdict);
    }
    return { providerId: provider.id, call, verdict, description: descriptionOf(provider, call) };
  }

  #locate(method: Method, url: URL): ProviderDefinition {
    const { hostname: host, pathname } = url;
    const claims = this.#byHost.get(host);
    if (claims !== undefined) return claims.locate(method, pathname);
    const message = `No provider here has the host ${host}. list_integrations tells which there are.`;
    throw new DomainError('provider_not_matched', message, { host });
  }
}

/** A definition's refusal is a `DomainError`; any other failure of its code means write (I23). */
function verdictOf(provider: ProviderDefinition, call: Call): Verdict {
  try {
    const verdict = provider.classify(call);
    if (verdict.level === 'read' || verdict.level === 'write') return verdict;
  } catch (error) {
    if (error instanceof DomainError) throw error;
  }
  return { level: 'write', reason: 'it could not be judged' };
}

function descriptionOf(provider: ProviderDefinition, call: Call): Description {
  try {
    return provider.describe(call);
  } catch {
    return unknownDescription(call, provider.name);
  }
}
