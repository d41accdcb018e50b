import { defineProvider } from '../../server/providers/define-provider.js';
import { read, write } from '../../server/providers/rest.js';

const BASE = 'https://api.acme.example/v1';

/** Operations from Acme's API reference. What no rule names cannot be called. */
export const acme = defineProvider({
  id: 'acme',
  name: 'Acme',
  hosts: ['api.acme.example'],
  headers: { 'acme-version': '2026-10-01' },
  rules: [
    read('GET', '/v1/orders', 'List orders'),
    read('GET', '/v1/orders/{id}', 'Read an order'),
    read('POST', '/v1/orders/search', 'Search orders', { because: 'a search changes nothing' }),
    write('POST', '/v1/orders', 'Create an order'),
    write('DELETE', '/v1/orders/{id}', 'Delete an order'),
  ],
  reads: 'Read and search orders.',
  writes: 'Create and delete orders.',
  instructions: `Acme's API is at ${BASE}, with JSON bodies.`,
  examples: {
    read: { method: 'POST', url: `${BASE}/orders/search`, body: { text: '<words>' } },
    write: { method: 'POST', url: `${BASE}/orders`, body: { item: '<item>', quantity: 1 } },
  },
});
