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
    ['GET', "/v1.0/deviceAppManagement/vppTokens('t1')"],
    ['GET', '/v1.0/deviceAppManagement/vppTokens/t1/token'],
    ['GET', "/beta/deviceAppManagement/vppTokens('t1')/token/$value"],
    ['POST', '/v1.0/deviceAppManagement/vppTokens/t1/syncLicenses'],
    ['POST', "/v1.0/deviceAppManagement/vppTokens('t1')/microsoft.graph.syncLicenses"],
    ['PATCH', '/v1.0/deviceAppManagement/vppTokens/t1'],
    ['GET', '/v1.0/servicePrincipals/s1/synchronization'],
    ['GET', "/v1.0/servicePrincipals('s1')/synchronization?$select=secrets"],
    ['GET', '/v1.0/servicePrincipals/s1/synchronization/secrets/0/value'],
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

  it.each([
    '/v1.0/deviceAppManagement?$expand=vppTokens',
    '/v1.0/deviceAppManagement?expand=VppTokens',
    '/v1.0/deviceAppManagement?%24Expand=mobileApps,vppTokens($select=token)',
    '/v1.0/deviceAppManagement/?$expand=*',
    '/v1.0/informationProtection?$expand=bitlocker($expand=recoveryKeys($select=key))',
    '/v1.0/informationProtection/bitlocker?$expand=recoveryKeys',
    '/v1.0/directory?$expand=deviceLocalCredentials',
    "/v1.0/servicePrincipals('s1')?$expand=synchronization($expand=*)",
    '/v1.0/servicePrincipals?$expand=appRoleAssignments&$expand=synchronization',
  ])('I26: no $expand puts a secret into another answer: %s is refused', (path) => {
    expect(() => judge('GET', path)).toThrow(expect.objectContaining({ code: 'call_not_allowed' }));
  });

  it('what else is expanded or lies beside a secret is read', () => {
    const levels = [
      '/v1.0/me/messages?$expand=attachments',
      '/v1.0/sites/s1/lists/l1/items?expand=fields(select=Secrets)',
      '/v1.0/me/drive/root?$expand=*',
      '/v1.0/servicePrincipals/s1/synchronization/jobs?$expand=schema',
      '/v1.0/deviceAppManagement/mobileApps',
    ].map((path) => judge('GET', path).verdict.level);
    expect(levels).toEqual(['read', 'read', 'read', 'read', 'read']);
    expect(judge('DELETE', '/v1.0/deviceAppManagement/vppTokens/t1').verdict.level).toBe('write');
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
