import { type PathTemplate, pathTemplate } from './path-template.js';
import type { ProviderDefinition } from './provider.js';
import { problemOfForm } from './tenant-host.js';

const ID = /^[a-z0-9][a-z0-9_-]{0,63}$/;
const HOST = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const ICON = /^[a-z0-9-]{1,64}$/;
const HEADER = /^[a-z0-9-]+$/;
const HEADER_VALUE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

export function isHostName(host: string): boolean {
  return HOST.test(host) && !host.includes('xn--');
}

/** Headers that no provider may hand to callers: they route, frame or authorize the request. */
const NEVER_A_CALLERS = new Set(
  'authorization cookie host connection content-length transfer-encoding upgrade te trailer expect accept-encoding content-encoding'.split(
    ' ',
  ),
);

/**
 * Everything that is wrong with a set of providers, as sentences; empty when nothing is. Two providers that could claim one URL are
 * wrong: a provider added later can never change what an earlier one's calls mean.
 */
export function problemsOf(providers: readonly ProviderDefinition[]): readonly string[] {
  return [
    ...idsTwice(providers),
    ...providers.flatMap((provider) =>
      problemsOfOne(provider).map((problem) => `The provider “${provider.id}” ${problem}.`),
    ),
    ...overlapsOf(providers),
  ];
}

function idsTwice(providers: readonly ProviderDefinition[]): readonly string[] {
  const ids = providers.map(({ id }) => id);
  const doubles = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return [...doubles].map((id) => `Two providers have the id “${id}”.`);
}

function problemsOfOne(provider: ProviderDefinition): readonly string[] {
  const problems: string[] = [];
  if (!ID.test(provider.id)) problems.push('has an id that is not allowed');
  if (!ID.test(provider.slug)) problems.push(`has a slug that is not allowed: “${provider.slug}”`);
  for (const host of provider.hosts) {
    if (!isHostName(host)) problems.push(`has a host that is not one exact lower-case name: “${host}”`);
  }
  for (const form of provider.tenantHosts) {
    const problem = problemOfForm(form);
    if (problem !== null) problems.push(`has a form of hosts that is not allowed: “${form}” ${problem}`);
  }
  if (!ICON.test(provider.icon)) problems.push(`has an icon that is not allowed: “${provider.icon}”`);
  if (provider.paths.length === 0) problems.push('names no path');
  const { paths, neverCallable, secretReads, refused } = provider;
  const templates = [...paths, ...neverCallable, ...secretReads, ...refused.map(({ path }) => path)];
  for (const template of templates) problems.push(...problemsOfTemplate(template));
  for (const [name, value] of Object.entries(provider.headers)) {
    if (!HEADER.test(name) || NEVER_A_CALLERS.has(name)) problems.push(`sends a header that is not allowed: “${name}”`);
    if (!HEADER_VALUE.test(value)) problems.push(`sends a value that is not visible ASCII in “${name}”`);
  }
  for (const name of Object.keys(provider.callerHeaders)) {
    if (!HEADER.test(name) || NEVER_A_CALLERS.has(name))
      problems.push(`lets callers set a header that is not theirs: “${name}”`);
  }
  return problems;
}

function problemsOfTemplate(source: string): readonly string[] {
  try {
    pathTemplate(source);
    return [];
  } catch (error) {
    return [`has a bad path: ${error instanceof Error ? error.message : source}`];
  }
}

function overlapsOf(providers: readonly ProviderDefinition[]): readonly string[] {
  const claims = new Map<ProviderDefinition, readonly PathTemplate[]>();
  const claimsOf = (provider: ProviderDefinition) => {
    const known = claims.get(provider) ?? templatesOf(provider);
    claims.set(provider, known);
    return known;
  };
  return providers.flatMap((a, index) =>
    providers.slice(index + 1).flatMap((b) => {
      const host = a.hosts.find((name) => b.hosts.includes(name));
      return host === undefined ? [] : overlaps(host, [a.id, claimsOf(a)], [b.id, claimsOf(b)]);
    }),
  );
}

type Claims = readonly [id: string, templates: readonly PathTemplate[]];

function overlaps(host: string, [a, left]: Claims, [b, right]: Claims): readonly string[] {
  return left.flatMap((one) =>
    right
      .filter((other) => one.mayMeet(other))
      .map(
        (other) => `The providers “${a}” and “${b}” could both claim ${host}${one.source} and ${host}${other.source}.`,
      ),
  );
}

function templatesOf({ paths, secretReads }: ProviderDefinition): readonly PathTemplate[] {
  return [...new Set([...paths, ...secretReads])]
    .filter((source) => problemsOfTemplate(source).length === 0)
    .map(pathTemplate);
}
