import { providerContract } from '../../server/providers/provider.contract-suite.js';
import { ProviderRegistry } from '../../server/providers/provider-registry.js';
import { acme } from './acme.js';

providerContract(acme);

const registry = new ProviderRegistry([acme]);
const ORDERS = 'https://api.acme.example/v1/orders';

describe('acme', () => {
  it.each([
    ['GET', ORDERS, 'read'],
    ['GET', `${ORDERS}/7`, 'read'],
    ['POST', `${ORDERS}/search`, 'read'],
    ['POST', ORDERS, 'write'],
    ['DELETE', `${ORDERS}/7`, 'write'],
    ['PATCH', `${ORDERS}/7`, 'write'],
  ])('%s %s is a %s', (method, url, level) => {
    expect(registry.judge({ method, url }).verdict.level).toBe(level);
  });

  it('cannot be called anywhere else', () => {
    expect(() => registry.judge({ method: 'GET', url: 'https://api.acme.example/v1/users' })).toThrow(/may be called/);
    expect(() => registry.judge({ method: 'GET', url: 'https://acme.example/v1/orders' })).toThrow(/No provider/);
  });
});
