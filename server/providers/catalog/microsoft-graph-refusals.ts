import type { Call } from '../call.js';
import type { Refused } from '../provider.js';

/** An operation by its plain and by its qualified name. */
export function bothNames(name: string): readonly string[] {
  return [name, `microsoft.graph.${name}`];
}

/** What cannot be judged as one call, and what would put a new password into the answer. */
export function refused(version: string): readonly Refused[] {
  const password = 'The answer would hold a password. Ask the person to do this in the admin center.';
  const token = 'The answer would hold a token of Apple. Ask the person to do this in the admin center.';
  return [
    ...(['POST', 'PATCH'] as const).flatMap((method) =>
      vppTokens(version).map((path): Refused => ({ method, path, why: token })),
    ),
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
    ...['synchronization', 'synchronization/secrets'].flatMap((name) => [
      `${version}/{collection}/{id}/${name}`,
      `${version}/{object}/${name}`,
    ]),
    ...[version, ...owners].flatMap((owner) => [`${owner}/${recovery}`, `${owner}/${recovery}/{key}`]),
    `${version}/directory/deviceLocalCredentials`,
    `${version}/directory/deviceLocalCredentials/{device}`,
    ...vppTokens(version),
    ...['getFileVaultKey', 'getFileVaultKey()', 'getOmaSettingPlainTextValue{arguments}']
      .flatMap(bothNames)
      .flatMap((name) =>
        owners.flatMap((owner) => [`${owner}/{collection}/{id}/${name}`, `${owner}/{object}/${name}`]),
      ),
  ];
}

/** A key stands in a segment of its own or in parentheses. */
function vppTokens(version: string): readonly string[] {
  const list = `${version}/deviceAppManagement/vppTokens`;
  return [list, `${list}{key}`, `${list}/**`, `${list}{key}/**`];
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
    ...['secrets', 'secrets/**', ...bothNames('acquireAccessToken')].flatMap((name) => [
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

/** What holds secrets, by the names under which another answer would take it along. */
const HOLDERS =
  /\b(?:bitlocker|deviceLocalCredentials|informationProtection|recoveryKeys|synchronization|vppTokens)\b/i;
/** Whose parts are such, so that `*` would take them along. */
const OWNERS = /\/(?:bitlocker|deviceAppManagement|directory|informationProtection)\/?$/i;

/** OData expands with `$expand` and, at Graph, with `expand` too. */
export function expandsSecrets(call: Call): string | null {
  const { pathname, searchParams } = new URL(call.url);
  const expanded = [...searchParams]
    .filter(([name]) => /^\$?expand$/i.test(name.trim()))
    .map(([, value]) => value)
    .join();
  if (!HOLDERS.test(expanded) && !(OWNERS.test(pathname) && expanded.includes('*'))) return null;
  return 'What it expands holds keys, tokens or passwords. Leave that out of $expand.';
}
