import { readFileSync } from 'node:fs';
import { defineProvider } from '../../server/providers/define-provider.js';
import { openapiRules } from '../../server/providers/openapi.js';

const BASE = 'https://api.parcel.example/v1';
const description = readFileSync(new URL('./parcel.openapi.json', import.meta.url), 'utf8');

/** Operations from Parcel's OpenAPI description, as it was on 1 October 2026. */
export const parcel = defineProvider({
  id: 'parcel',
  name: 'Parcel',
  hosts: ['api.parcel.example'],
  rules: openapiRules(description, {
    sha256: '17753d2f8e9ff663d162cbf6ba27489cb251286b7fbf07bf80d4a7e750220f14',
    basePath: '/v1',
    overrides: { searchParcels: 'read', printLabel: 'write', createToken: 'left_out' },
  }),
  neverCallable: ['/v1/token'],
  reads: 'Read and search parcels.',
  writes: 'Send and cancel parcels, and print labels.',
  instructions: `Parcel's API is at ${BASE}, with JSON bodies.`,
  examples: {
    read: { method: 'POST', url: `${BASE}/parcels/search`, body: { text: '<words>' } },
    write: { method: 'POST', url: `${BASE}/parcels`, body: { to: '<address>' } },
  },
});
