import type { AccessLevel } from '../kernel/access-level.js';
import type { Call, Description, Method, Verdict } from './call.js';
import { knownDescription, unknownDescription } from './description.js';
import { type PathTemplate, pathTemplate } from './path-template.js';

/** One operation of a REST API, or a family of them. */
export interface Rule {
  readonly level: AccessLevel;
  readonly method: Method;
  /** A path template; see `pathTemplate`. */
  readonly path: string;
  /** Imperative, such as “Archive a page”. Without it the operation is judged but not described. */
  readonly title?: string;
  /** Why it is a read or a write: a clause that follows “because”. */
  readonly because?: string;
  /** Says it better when the call's content tells more, such as an update that archives. `null`: `title` is right. */
  readonly titleOf?: (call: Call) => string | null;
}

type RuleMore = Omit<Rule, 'level' | 'method' | 'path' | 'title'>;

export function read(method: Method, path: string, title?: string, more: RuleMore = {}): Rule {
  return { level: 'read', method, path, ...(title === undefined ? {} : { title }), ...more };
}

export function write(method: Method, path: string, title?: string, more: RuleMore = {}): Rule {
  return { level: 'write', method, path, ...(title === undefined ? {} : { title }), ...more };
}

export interface RestRules {
  readonly templates: readonly PathTemplate[];
  classify(call: Call): Verdict;
  describe(call: Call, providerName: string): Description;
}

/**
 * Judges by a table. What no rule names is a write; where a read rule and a write rule both match, the write rule wins (I23, I26).
 * Of several rules of one level the first one gives reason and title, so the narrow ones stand above the wide ones. HEAD is judged
 * as GET.
 * @throws Error when a template is not one, which stops the boot
 */
export function restRules(rules: readonly Rule[]): RestRules {
  const compiled = rules.map((rule) => ({ rule, template: pathTemplate(rule.path) }));
  const ruleOf = (call: Call): Rule | undefined => {
    const method = call.method === 'HEAD' ? 'GET' : call.method;
    const path = new URL(call.url).pathname;
    const matching = compiled.filter(({ rule, template }) => rule.method === method && template.matches(path));
    return (matching.find(({ rule }) => rule.level === 'write') ?? matching[0])?.rule;
  };
  return {
    templates: compiled.map(({ template }) => template),
    classify(call) {
      const rule = ruleOf(call);
      if (rule === undefined) return { level: 'write', reason: 'it is not among the known reads' };
      return { level: rule.level, reason: rule.because ?? reasonOf(rule), operation: `${rule.method} ${rule.path}` };
    },
    describe(call, providerName) {
      const rule = ruleOf(call);
      const title = rule?.titleOf?.(call) ?? rule?.title;
      return title === undefined ? unknownDescription(call, providerName) : knownDescription(title, providerName);
    },
  };
}

function reasonOf(rule: Rule): string {
  if (rule.level === 'write') return `${rule.method} ${rule.path} changes data`;
  return rule.method === 'GET'
    ? `GET ${rule.path} only reads`
    : `${rule.method} ${rule.path} only searches or computes`;
}
