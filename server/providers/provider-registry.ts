import { DomainError } from '../kernel/domain-error.js';
import type { Call, CallInput, Description, JudgedCall, Method, Verdict } from './call.js';
import { readUrl } from './call-url.js';
import { problemsOf } from './definition-check.js';
import { unknownDescription } from './description.js';
import { parseCall } from './parse-call.js';
import { type PathTemplate, pathTemplate } from './path-template.js';
import type { ProviderDefinition } from './provider.js';

interface Entry {
  readonly provider: ProviderDefinition;
  readonly paths: readonly PathTemplate[];
  readonly neverCallable: readonly PathTemplate[];
}

/** All providers of this server. Two that could claim one URL stop the boot. */
export class ProviderRegistry {
  readonly #byHost = new Map<string, Entry[]>();

  /** @throws Error that lists everything that is wrong with the definitions */
  constructor(readonly providers: readonly ProviderDefinition[]) {
    const problems = problemsOf(providers);
    if (problems.length > 0) throw new Error(`The providers cannot be used together:\n- ${problems.join('\n- ')}`);
    for (const provider of providers) {
      const neverCallable = provider.neverCallable.map((source) => pathTemplate(source.toLowerCase()));
      const entry = { provider, paths: provider.paths.map(pathTemplate), neverCallable };
      for (const host of provider.hosts) this.#byHost.set(host, [...(this.#byHost.get(host) ?? []), entry]);
    }
  }

  byId(id: string): ProviderDefinition | undefined {
    return this.providers.find((provider) => provider.id === id);
  }

  bySlug(slug: string): ProviderDefinition | undefined {
    return this.providers.find((provider) => provider.slug === slug);
  }

  /** Reads a call into its one canonical form, finds its provider and judges it. @throws DomainError */
  judge(input: CallInput): JudgedCall {
    const { provider, call } = parseCall(input, (method, url) => this.#locate(method, url));
    return judged(provider, call);
  }

  /** Judges a call that is canonical already, such as a stored one. @throws DomainError */
  judgeCall(call: Call): JudgedCall {
    return judged(this.#locate(call.method, readUrl(call.url)), call);
  }

  #locate(method: Method, url: URL): ProviderDefinition {
    const entries = this.#byHost.get(url.hostname);
    if (entries === undefined) {
      throw new DomainError(
        'provider_not_matched',
        `No provider here has the host ${url.hostname}. list_integrations tells which there are.`,
        {
          host: url.hostname,
        },
      );
    }
    const lowerPath = url.pathname.toLowerCase().replace(/\/$/, '');
    if (entries.some(({ neverCallable }) => neverCallable.some((template) => template.matches(lowerPath)))) {
      throw new DomainError('call_not_allowed', 'This path hands out or changes credentials and can never be called.');
    }
    const entry = entries.find(({ paths }) => paths.some((template) => template.matches(url.pathname)));
    if (entry === undefined) throw unmatchedPath(url, entries);
    const { methods, name } = entry.provider;
    if (!methods.includes(method)) {
      throw new DomainError('method_not_allowed', `${name} is called by ${methods.join(', ')} here, not by ${method}.`);
    }
    return entry.provider;
  }
}

function unmatchedPath(url: URL, entries: readonly Entry[]): DomainError {
  if (/%2f/i.test(url.pathname)) {
    return new DomainError(
      'url_not_canonical',
      'The URL has an encoded slash (%2F) in a place where this API has none.',
    );
  }
  const allowed = entries.flatMap(({ provider }) => provider.paths).slice(0, 20);
  const message = `The path is not one that may be called at ${url.hostname}: ${allowed.join(', ')}.`;
  return new DomainError('provider_not_matched', message, { host: url.hostname });
}

function judged(provider: ProviderDefinition, call: Call): JudgedCall {
  return {
    providerId: provider.id,
    call,
    verdict: verdictOf(provider, call),
    description: descriptionOf(provider, call),
  };
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
