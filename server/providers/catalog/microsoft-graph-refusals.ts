import type { Refused } from '../provider.js';

/** An operation by its plain and by its qualified name. */
export function bothNames(name: string): readonly string[] {
  return [name, `microsoft.graph.${name}`];
}

/** What cannot be judged as one call, and what would put a new password into the answer. */
export function refused(version: string): readonly Refused[] {
  const password = 'The answer would hold a password. Ask the person to do this in the admin center.';
  return [
    { path: `${version}/$batch`, why: 'A batch carries calls that are not judged here. Send its requests one by one.' },
    ...['/{person}', '/users/{user}'].flatMap((person): readonly Refused[] => {
      const methods = `${version}${person}/authentication`;
      return [
        { method: 'POST', path: `${methods}/temporaryAccessPassMethods`, why: password },
        ...bothNames('resetPassword').flatMap((name): readonly Refused[] => [
          { method: 'POST', path: `${methods}/methods/{method}/${name}`, why: password },
          { method: 'POST', path: `${methods}/{method}/${name}`, why: password },
        ]),
      ];
    }),
  ];
}

/** What is stored to recover devices, and what they are set up with: asked for by GET. */
export function secretReads(version: string): readonly string[] {
  const owners = ownersOf(version);
  const recovery = 'informationProtection/bitlocker/recoveryKeys';
  return [
    `${version}/{collection}/{id}/synchronization/secrets`,
    `${version}/{object}/synchronization/secrets`,
    ...[version, ...owners].flatMap((owner) => [`${owner}/${recovery}`, `${owner}/${recovery}/{key}`]),
    `${version}/directory/deviceLocalCredentials`,
    `${version}/directory/deviceLocalCredentials/{device}`,
    `${version}/deviceAppManagement/vppTokens`,
    `${version}/deviceAppManagement/vppTokens/{token}`,
    ...['getFileVaultKey', 'getFileVaultKey()', 'getOmaSettingPlainTextValue{arguments}']
      .flatMap(bothNames)
      .flatMap((name) =>
        owners.flatMap((owner) => [`${owner}/{collection}/{id}/${name}`, `${owner}/{object}/${name}`]),
      ),
  ];
}

/** Devices and keys are below the directory and below each person. */
function ownersOf(version: string): readonly string[] {
  return [`${version}/{owner}`, `${version}/users/{user}`];
}

/**
 * Secrets: new passwords and keys of apps, and what is stored to recover devices. A key stands in a segment of its own
 * (`keys/k1`) or in parentheses (`keys('k1')`).
 */
export function neverCallable(version: string): readonly string[] {
  const owners = ownersOf(version);
  return [
    ...['addPassword', 'addKey', 'addTokenSigningCertificate']
      .flatMap(bothNames)
      .flatMap((name) => [`${version}/{collection}/{id}/${name}`, `${version}/{object}/${name}`]),
    ...['secrets', ...bothNames('acquireAccessToken')].flatMap((name) => [
      `${version}/{collection}/{id}/synchronization/${name}`,
      `${version}/{object}/synchronization/${name}`,
    ]),
    ...[version, ...owners].map((owner) => `${owner}/informationProtection/bitlocker/**`),
    ...['deviceLocalCredentials', 'deviceLocalCredentials{key}'].flatMap((name) => [
      `${version}/directory/${name}`,
      `${version}/directory/${name}/**`,
    ]),
    ...['getFileVaultKey', 'getFileVaultKey()', 'getOmaSettingPlainTextValue{arguments}']
      .flatMap(bothNames)
      .flatMap((name) =>
        owners
          .flatMap((owner) => [`${owner}/{collection}/{id}/${name}`, `${owner}/{object}/${name}`])
          .flatMap((path) => [path, `${path}/**`]),
      ),
  ];
}
