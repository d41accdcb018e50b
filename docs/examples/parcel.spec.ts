import { providerContract } from '../../server/providers/provider.contract-suite.js';
import { ProviderRegistry } from '../../server/providers/provider-registry.js';
import { parcel } from './parcel.js';

providerContract(parcel);

const registry = new ProviderRegistry([parcel]);
const PARCELS = 'https://api.parcel.example/v1/parcels';

describe('parcel', () => {
  it.each([
    ['GET', PARCELS, 'read', 'List parcels in Parcel'],
    ['POST', `${PARCELS}/search`, 'read', 'Search parcels in Parcel'],
    ['POST', PARCELS, 'write', 'Send a parcel in Parcel'],
    ['GET', `${PARCELS}/7/label`, 'write', 'Print a label in Parcel'],
  ])('%s %s is a %s: %s', (method, url, level, title) => {
    expect(registry.judge({ method, url })).toMatchObject({ verdict: { level }, description: { title } });
  });
});
