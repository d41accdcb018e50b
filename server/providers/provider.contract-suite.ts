import { DomainError } from '../kernel/domain-error.js';
import type { CallInput } from './call.js';
import { pathTemplate } from './path-template.js';
import type { ProviderDefinition } from './provider.js';
import { ProviderRegistry } from './provider-registry.js';
import { unreachableRules } from './reachable.js';

const OVERRIDE_HEADERS = ['X-HTTP-Method-Override', 'x-http-method', 'X-Method-Override'];
const OVERRIDE_PARAMETERS = ['_method', '_HttpMethod', '$httpMethod', 'x-http-method-override', '_METHOD', '_method[]'];
const CREDENTIALS = ['Authorization', 'cookie', 'Host', 'X-Forwarded-Host'];

/** What every provider owes, ours or a team's. `others` are those that it stands beside. */
export function providerContract(definition: ProviderDefinition, others: readonly ProviderDefinition[] = []): void {
  const hosts = definition.tenantHosts.slice(0, 1).map((form) => form.replace(/\{[a-z]+\}/g, 'acme'));
  const settings = { hosts: hosts.length > 0 ? { [definition.id]: hosts } : {}, slugs: {} };
  const provider = () => new ProviderRegistry([definition], settings).byId(definition.id) as ProviderDefinition;
  const outcome = (call: CallInput): string => {
    try {
      return new ProviderRegistry([definition], settings).judge(call).verdict.level;
    } catch (error) {
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
      const paths = [...definition.paths, ...definition.neverCallable, ...definition.refused.map(({ path }) => path)];
      for (const path of paths) {
        const sample = path.replace(/\{[^}]+\}/g, 'x').replace('**', 'x');
        expect({ path, isMatch: pathTemplate(path).matches(sample) }).toEqual({ path, isMatch: true });
        expect({ path, isMatch: pathTemplate(path).matches(`/evil${sample}\n`) }).toEqual({ path, isMatch: false });
      }
    });

    it('has no rule that another one takes whole', () => {
      expect(unreachableRules(definition)).toEqual([]);
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
        const path = definition.paths[0]?.replace(/\{[^}]+\}/g, 'x').replace('**', 'x') ?? '/';
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
