import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

const SOURCE = join(__dirname, '..');
const SHOWN_ATTRIBUTES = /^(?:alt|aria-label|aria-description|aria-valuetext|label|placeholder|title|remark|name)$/;
/** A name of a control is for the browser, and marks of a sentence are the same in every language that we may add. */
const NOT_READ = /^(?:[a-z][a-z-]*|[\s\p{P}\p{S}]*|https:\/\/)$/u;

function components(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['testing', 'text'].includes(entry.name) ? [] : components(path);
    return entry.name.endsWith('.tsx') && !entry.name.endsWith('.spec.tsx') ? [path] : [];
  });
}

/** Words that a person would read and that stand in the markup itself. */
function literalsIn(path: string): string[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && !/^[\s\p{P}\p{S}]*$/u.test(node.text) && node.text.trim() !== 'https://')
      found.push(node.text.trim());
    if (isShown(node) && !NOT_READ.test(node.text)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** A text in braces between tags, or in an attribute that is shown or spoken. */
function isShown(node: ts.Node): node is ts.StringLiteralLike {
  if (!ts.isStringLiteralLike(node)) return false;
  let holder = node.parent;
  // What a text is compared with is not shown.
  if (ts.isBinaryExpression(holder) && /^[!=]==?$/.test(holder.operatorToken.getText())) return false;
  while (ts.isConditionalExpression(holder) || ts.isBinaryExpression(holder) || ts.isParenthesizedExpression(holder))
    holder = holder.parent;
  if (ts.isJsxExpression(holder)) holder = holder.parent;
  if (ts.isJsxElement(holder) || ts.isJsxFragment(holder)) return true;
  return ts.isJsxAttribute(holder) && SHOWN_ATTRIBUTES.test(holder.name.getText());
}

describe('a second language', () => {
  it.each(components(SOURCE).map((path) => [path.slice(SOURCE.length + 1), path] as const))(
    '%s has no words of its own: they are in web/src/text',
    (_, path) => {
      expect(literalsIn(path)).toEqual([]);
    },
  );
});
