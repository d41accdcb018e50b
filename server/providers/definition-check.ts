import { type PathTemplate, pathTemplate } from './path-template.js';
import type { ProviderDefinition } from './provider.js';

const ID = /^[a-z0-9][a-z0-9_-]{0,63}$/;
const HOST = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const HEADER = /^[a-z0-9-]+$/;
const HEADER_VALUE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

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
    ...twice(providers, 'id'),
    ...twice(providers, 'slug'),
    ...providers.flatMap((provider) =>
      problemsOfOne(provider).map((problem) => `The provider “${provider.id}” ${problem}.`),
    ),
    ...providers.flatMap((provider, index) => providers.slice(index + 1).flatMap((other) => overlaps(provider, other))),
  ];
}

function twice(providers: readonly ProviderDefinition[], key: 'id' | 'slug'): readonly string[] {
  const values = providers.map((provider) => provider[key]);
  const doubles = new Set(values.filter((value, index) => values.indexOf(value) !== index));
  return [...doubles].map((value) => `Two providers have the ${key} “${value}”.`);
}

function problemsOfOne(provider: ProviderDefinition): readonly string[] {
  const problems: string[] = [];
  if (!ID.test(provider.id)) problems.push('has an id that is not allowed');
  if (!ID.test(provider.slug)) problems.push(`has a slug that is not allowed: “${provider.slug}”`);
  for (const host of provider.hosts) {
    if (!HOST.test(host) || host.includes('xn--'))
      problems.push(`has a host that is not one exact lower-case name: “${host}”`);
  }
  if (provider.paths.length === 0) problems.push('names no path');
  for (const template of [...provider.paths, ...provider.neverCallable]) problems.push(...problemsOfTemplate(template));
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

function overlaps(a: ProviderDefinition, b: ProviderDefinition): readonly string[] {
  const host = a.hosts.find((name) => b.hosts.includes(name));
  if (host === undefined) return [];
  const left = templatesOf(a);
  const right = templatesOf(b);
  return left.flatMap((one) =>
    right
      .filter((other) => one.mayMeet(other))
      .map(
        (other) =>
          `The providers “${a.id}” and “${b.id}” could both claim ${host}${one.source} and ${host}${other.source}.`,
      ),
  );
}

function templatesOf(provider: ProviderDefinition): readonly PathTemplate[] {
  return provider.paths.filter((source) => problemsOfTemplate(source).length === 0).map(pathTemplate);
}
