import { DomainError } from '../kernel/domain-error.js';
import type { CallInput } from './call.js';
import { pathTemplate } from './path-template.js';
import type { ProviderDefinition } from './provider.js';
import { ProviderRegistry } from './provider-registry.js';
import { unreachableRules } from './reachable.js';
import { SecretAnswer } from './secret-answer.js';

const OVERRIDE_HEADERS = ['X-HTTP-Method-Override', 'x-http-method', 'X-Method-Override'];
const OVERRIDE_PARAMETERS = ['_method', '_HttpMethod', '$httpMethod', 'x-http-method-override', '_METHOD', '_method[]'];
const CREDENTIALS = ['Authorization', 'cookie', 'Host', 'X-Forwarded-Host'];

/** What every provider owes, ours or a team's. `others` are those that it stands beside. */
export function providerContract(definition: ProviderDefinition, others: readonly ProviderDefinition[] = []): void {
  const hosts = definition.tenantHosts.slice(0, 1).map((form) => form.replace(/\{[a-z]+\}/g, 'acme'));
  const settings = { hosts: hosts.length > 0 ? { [definition.id]: hosts } : {}, slugs: {} };
  const provider = () => new ProviderRegistry([definition], settings).byId(definition.id) as ProviderDefinition;
  /** A level, the code of a refusal, or both for a call that is refused for the secret in its answer. */
  const outcome = (call: CallInput): string => {
    try {
      return new ProviderRegistry([definition], settings).judge(call).verdict.level;
    } catch (error) {
      if (error instanceof SecretAnswer) return `${error.code}: ${error.verdict.level}`;
      if (error instanceof DomainError) return error.code;
      throw error;
    }
  };

  describe(`the provider ${definition.id}`, () => {
    it('can stand beside the others: no URL is claimed twice', () => {
      const beside = others.filter(({ id }) => id !== definition.id);
      expect(() => new ProviderRegistry([definition, ...beside], settings)).not.toThrow();
    });

    it('has anchored patterns', () => {
      const { paths, neverCallable, secretReads, refused } = definition;
      for (const path of [...paths, ...neverCallable, ...secretReads, ...refused.map(({ path }) => path)]) {
        const sample = sampleOf(path);
        expect({ path, isMatch: pathTemplate(path).matches(sample) }).toEqual({ path, isMatch: true });
        expect({ path, isMatch: pathTemplate(path).matches(`/evil${sample}\n`) }).toEqual({ path, isMatch: false });
      }
    });

    it('has no rule that another one takes whole', () => {
      expect(unreachableRules(definition)).toEqual([]);
    });

    it('calls its secret reads reads, and never lets them be called, in any case', () => {
      const [host] = provider().hosts;
      for (const path of host === undefined ? [] : definition.secretReads) {
        const url = `https://${host}${sampleOf(path)}`;
        const shouted = `https://${host}${sampleOf(path).toUpperCase()}`;
        const outcomes = [url, shouted].map((one) => outcome({ method: 'GET', url: one }).split(':')[0]);
        expect([path, ...outcomes]).toEqual([path, 'call_not_allowed', 'call_not_allowed']);
        expect([path, outcome({ method: 'GET', url })]).toEqual([path, 'call_not_allowed: read']);
      }
    });

    it('gives a read and a write as examples, and they are', () => {
      const { examples } = provider();
      if (examples === undefined) return;
      expect([outcome(examples.read), outcome(examples.write)]).toEqual(['read', 'write']);
    });

    it('refuses to be called by another method than the one that is named, and with another’s credentials', () => {
      const { examples } = provider();
      if (examples === undefined) return;
      for (const name of [...OVERRIDE_HEADERS, ...CREDENTIALS]) {
        expect([name, outcome({ ...examples.read, headers: { [name]: 'GET' } })]).toEqual([name, 'header_not_allowed']);
      }
      for (const name of OVERRIDE_PARAMETERS) {
        const url = `${examples.read.url}${examples.read.url.includes('?') ? '&' : '?'}${encodeURI(name)}=GET`;
        expect([name, outcome({ ...examples.read, url })]).toEqual([name, 'call_not_allowed']);
      }
    });

    it('keeps its token to its own hosts', () => {
      const registry = new ProviderRegistry([definition], settings);
      for (const host of provider().hosts) {
        const path = sampleOf(definition.paths[0] ?? '/');
        for (const other of [`${host}.evil.example`, `evil-${host}`, `x.${host}`]) {
          if (!provider().hosts.includes(other)) expect(registry.claimant(`https://${other}${path}`)).toBeNull();
        }
      }
    });

    it('says what it is called, what reading and writing mean there, and how to call it', () => {
      const { name, reads, writes, instructions } = definition;
      expect([name, reads, writes, instructions].filter((text) => text.trim() === '')).toEqual([]);
    });
  });
}

function sampleOf(path: string): string {
  return path.replace(/\{[^}]+\}/g, 'x').replace('**', 'x');
}
