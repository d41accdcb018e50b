import { ProviderRegistry } from '../provider-registry.js';
import { microsoftGraph } from './microsoft-graph.js';

const registry = new ProviderRegistry([microsoftGraph]);
const judge = (method: string, path: string, body?: unknown) =>
  registry.judge({ method, url: `https://graph.microsoft.com${path}`, ...(body === undefined ? {} : { body }) });

describe('Microsoft Graph', () => {
  it.each(['/v1.0/$batch', '/beta/$batch', '/v1.0/%24batch', '/v1.0/%24Batch/'])(
    'I23 what is not judged is not sent: the batch %s is refused, with what to do instead',
    (path) => {
      expect(() => judge('POST', path, { requests: [] })).toThrow(
        expect.objectContaining({ code: 'call_not_allowed', message: expect.stringContaining('one by one') }),
      );
    },
  );

  it.each([
    ['GET', '/v1.0/informationProtection/bitlocker/recoveryKeys/k1?$select=key'],
    ['GET', "/v1.0/informationProtection/bitlocker/recoveryKeys('k1')/key"],
    ['GET', '/v1.0/directory/deviceLocalCredentials/d1?$select=credentials'],
    ['GET', "/beta/directory/DeviceLocalCredentials('d1')/credentials"],
    ['GET', '/beta/deviceManagement/managedDevices/d1/getFileVaultKey'],
    ['GET', "/beta/deviceManagement/managedDevices('d1')/microsoft.graph.getFileVaultKey()"],
    ['GET', '/beta/deviceManagement/managedDevices/d1/getFileVaultKey/$value'],
    ['GET', '/beta/me/managedDevices/d1/getFileVaultKey'],
    ['GET', "/beta/users/u1/managedDevices('d1')/microsoft.graph.getFileVaultKey()"],
    ['GET', "/beta/users('u1')/managedDevices/d1/getFileVaultKey"],
    ['GET', '/beta/me/informationProtection/bitlocker/recoveryKeys/k1/key'],
    ['GET', "/beta/users('u1')/informationProtection/bitlocker/recoveryKeys/k1?$select=key"],
    ['GET', '/beta/users/u1/informationProtection/bitlocker/recoveryKeys/k1?$select=key'],
    ['POST', "/v1.0/servicePrincipals('s1')/synchronization/acquireAccessToken"],
    ['POST', '/v1.0/applications/a1/synchronization/acquireAccessToken'],
    ['PUT', '/v1.0/applications/a1/synchronization/secrets'],
    ['POST', '/v1.0/applications/a1/addPassword'],
    ['POST', "/v1.0/applications(appId='x')/microsoft.graph.addPassword"],
    ['POST', '/v1.0/users/u1/authentication/temporaryAccessPassMethods'],
    ['POST', "/v1.0/users('u1')/authentication/methods/m1/resetPassword"],
  ])('secrets are never handed out: %s %s is refused', (method, path) => {
    expect(() => judge(method, path)).toThrow(expect.objectContaining({ code: 'call_not_allowed' }));
  });

  it('actions that only look up read, by both of their names', () => {
    const levels = [
      '/v1.0/me/getMemberGroups',
      '/v1.0/groups/g1/microsoft.graph.checkMemberGroups',
      "/v1.0/users('u1')/getMemberGroups",
      '/beta/users/u1/calendars/c1/getSchedule',
      '/v1.0/me/GetMemberGroups',
      '/v1.0/me/drive/root:/getSchedule:/children',
      '/v1.0/groups/g1/addFavorite',
    ].map((path) => judge('POST', path, {}).verdict.level);
    expect(levels).toEqual(['read', 'read', 'read', 'read', 'write', 'write', 'write']);
  });

  it('a move into the folder of deleted items is a deletion', () => {
    const { description } = judge('POST', '/v1.0/me/messages/m1/move', { destinationId: 'DeletedItems' });
    expect(description).toMatchObject({ title: 'Move a message to trash in Microsoft 365', known: true });
    expect(description.destructive).not.toBeNull();
  });
});
