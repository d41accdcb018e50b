import { DomainError } from '../kernel/domain-error.js';
import type { Method } from './call.js';
import { foldedPath, foldedPaths } from './folded-path.js';
import { PathTable } from './path-table.js';
import { ENCODED_SLASH, pathTemplate } from './path-template.js';
import type { ProviderDefinition, Refused } from './provider.js';
import { secretReadRefusal } from './secret-answer.js';

const NAMED_MAX = 20;
const CREDENTIALS = 'This path hands out or changes credentials and can never be called.';

/** What the providers of one host claim and refuse there. */
export class HostClaims {
  readonly #claimed = new PathTable<ProviderDefinition>();
  /** Looked at in folded form: what forbids is found in every spelling. */
  readonly #forbidden = new PathTable<Refused>();
  readonly #secretReads = new PathTable<ProviderDefinition>();
  readonly #paths: string[] = [];

  constructor(readonly host: string) {}

  add(provider: ProviderDefinition): void {
    for (const path of provider.paths) {
      this.#claimed.add(pathTemplate(path), provider);
      this.#paths.push(path);
    }
    for (const path of provider.neverCallable) this.#forbid({ path, why: CREDENTIALS });
    for (const refused of provider.refused) this.#forbid(refused);
    for (const path of provider.secretReads) {
      this.#secretReads.add(pathTemplate(path), provider);
      this.#forbid({ method: 'GET', path, why: secretReadRefusal(provider.name) });
    }
  }

  /**
   * A secret read in its one spelling is found like any other call, as it is judged before it is refused; in every other spelling it is
   * refused here.
   * @throws DomainError `call_not_allowed`, `method_not_allowed`, `provider_not_matched` or `url_not_canonical`
   */
  locate(method: Method, path: string): ProviderDefinition {
    const reader = this.ownerOfSecretRead(method, path);
    const forbidden = reader === undefined ? this.#forbiddenFor(method, path) : undefined;
    if (forbidden !== undefined) throw new DomainError('call_not_allowed', forbidden.why);
    const provider = reader ?? this.#claimed.matching(path)[0]?.value;
    if (provider === undefined) throw this.#unmatched(path);
    if (!provider.methods.includes(method)) {
      const message = `${provider.name} is called by ${provider.methods.join(', ')} here, not by ${method}.`;
      throw new DomainError('method_not_allowed', message);
    }
    return provider;
  }

  /** The provider whose answer would hold a secret. */
  ownerOfSecretRead(method: Method, path: string): ProviderDefinition | undefined {
    return judgedAs(method) === 'GET' ? this.#secretReads.matching(path)[0]?.value : undefined;
  }

  /** `null` also where every method is forbidden. */
  claimant(path: string): ProviderDefinition | null {
    const isForbidden = this.#forbidden.matchingAny(foldedPaths(path)).some(({ value }) => value.method === undefined);
    return isForbidden ? null : (this.#claimed.matching(path)[0]?.value ?? null);
  }

  #forbiddenFor(method: Method, path: string): Refused | undefined {
    const found = this.#forbidden.matchingAny(foldedPaths(path));
    return found.find(({ value }) => value.method === undefined || value.method === judgedAs(method))?.value;
  }

  #forbid(refused: Refused): void {
    this.#forbidden.add(pathTemplate(foldedPath(refused.path)), refused);
  }

  #unmatched(path: string): DomainError {
    if (ENCODED_SLASH.test(path)) {
      const message = 'The URL has an encoded slash (%2F) in a place where this API has none.';
      return new DomainError('url_not_canonical', message);
    }
    const nearest = this.#nearest(path.split('/'));
    const message = `The path is not one that may be called at ${this.host}: ${nearest.join(', ')}.`;
    return new DomainError('provider_not_matched', message, { host: this.host });
  }

  /** Those that begin as the path does, as far as one does. */
  #nearest(segments: readonly string[]): readonly string[] {
    const common = (path: string) => path.split('/').findIndex((part, index) => part !== segments[index]);
    const far = this.#paths.map((path) => [path, common(path)] as const);
    const furthest = Math.max(...far.map(([, length]) => length));
    return far
      .filter(([, length]) => length === furthest)
      .map(([path]) => path)
      .slice(0, NAMED_MAX);
  }
}

function judgedAs(method: Method): Method {
  return method === 'HEAD' ? 'GET' : method;
}
