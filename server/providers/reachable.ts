import { pathTemplate } from './path-template.js';
import type { ProviderDefinition } from './provider.js';
import type { Rule } from './rest.js';

/** Rules that can never decide anything, each with what stands in its way. */
export function unreachableRules(provider: ProviderDefinition): readonly string[] {
  const rules = (provider.rules ?? []).map((rule) => ({ rule, template: pathTemplate(rule.path) }));
  const callable = provider.paths.map(pathTemplate);
  const forbidden = [
    ...provider.neverCallable.map((path) => ({ method: undefined, path })),
    ...provider.secretReads.map((path) => ({ method: 'GET', path })),
    ...provider.refused,
  ].map(({ method, path }) => ({ method, template: pathTemplate(path) }));
  return rules.flatMap(({ rule, template }, index) => {
    const name = `${rule.level} ${rule.method} ${rule.path}`;
    if (!callable.some((path) => path.mayMeet(template))) return [`${name}: no path of the provider meets it`];
    const isForbidden = forbidden.some(
      ({ method, template: other }) => (method === undefined || method === rule.method) && other.covers(template),
    );
    if (isForbidden) return [`${name}: it can never be called`];
    const shadow = rules.find(
      (other, at) =>
        other.rule.method === rule.method && winsOver(other.rule, at, rule, index) && other.template.covers(template),
    );
    return shadow === undefined ? [] : [`${name}: ${shadow.rule.level} ${shadow.rule.path} takes all of it`];
  });
}

function winsOver(other: Rule, at: number, rule: Rule, index: number): boolean {
  return other.level === rule.level ? at < index : other.level === 'write';
}
