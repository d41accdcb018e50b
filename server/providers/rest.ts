import type { AccessLevel } from '../kernel/access-level.js';
import type { Call, Description, Method, Verdict } from './call.js';
import { knownDescription, unknownDescription } from './description.js';
import { foldedPath, foldedPaths } from './folded-path.js';
import { PathTable } from './path-table.js';
import { type PathTemplate, pathTemplate } from './path-template.js';
import { resourcesOf } from './resource.js';

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
  classify(call: Call): Verdict;
  describe(call: Call, providerName: string): Description;
}

interface CompiledRule {
  readonly rule: Rule;
  readonly template: PathTemplate;
}

/**
 * Judges by a table. What no rule names is a write; where a read rule and a write rule both match, the write rule wins (I23, I26),
 * and a write rule matches in any spelling that a lenient server might take for it. Of several rules of one level the first one
 * gives reason and title, so the narrow ones stand above the wide ones. HEAD is judged as GET.
 * @throws Error when a template is not one, which stops the boot
 */
export function restRules(rules: readonly Rule[]): RestRules {
  const tables = new Map<Method, RuleTable>();
  for (const rule of rules) {
    const table = tables.get(rule.method) ?? new RuleTable();
    tables.set(rule.method, table);
    table.add(rule);
  }
  const found = (call: Call): CompiledRule | undefined =>
    tables.get(call.method === 'HEAD' ? 'GET' : call.method)?.find(new URL(call.url).pathname);
  return {
    classify(call) {
      const rule = found(call)?.rule;
      if (rule === undefined) return { level: 'write', reason: 'it is not among the known reads' };
      return { level: rule.level, reason: rule.because ?? reasonOf(rule), operation: `${rule.method} ${rule.path}` };
    },
    describe(call, providerName) {
      const { rule, template } = found(call) ?? {};
      const title = rule?.titleOf?.(call) ?? rule?.title;
      const resources = template === undefined ? [] : resourcesOf(template, new URL(call.url).pathname);
      const described =
        title === undefined ? unknownDescription(call, providerName) : knownDescription(title, providerName);
      return { ...described, resources };
    },
  };
}

/** The rules of one method. */
class RuleTable {
  readonly #reads = new PathTable<CompiledRule>();
  readonly #writes = new PathTable<CompiledRule>();
  readonly #foldedWrites = new PathTable<CompiledRule>();

  add(rule: Rule): void {
    const template = pathTemplate(rule.path);
    const compiled = { rule, template };
    if (rule.level === 'read') this.#reads.add(template, compiled);
    else {
      this.#writes.add(template, compiled);
      this.#foldedWrites.add(pathTemplate(foldedPath(rule.path)), compiled);
    }
  }

  find(path: string): CompiledRule | undefined {
    const write = this.#writes.matching(path)[0] ?? this.#foldedWrites.matchingAny(foldedPaths(path))[0];
    return (write ?? this.#reads.matching(path)[0])?.value;
  }
}

function reasonOf(rule: Rule): string {
  if (rule.level === 'write') return `${rule.method} ${rule.path} changes data`;
  return rule.method === 'GET'
    ? `GET ${rule.path} only reads`
    : `${rule.method} ${rule.path} only searches or computes`;
}
