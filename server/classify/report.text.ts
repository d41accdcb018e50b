import type { Judgement } from './judgement.js';

interface Counts {
  lines: number;
  right: number;
  write_called_read: number;
  read_called_write: number;
  refused: number;
  unmatched: number;
  secret_read: number;
}

const HEAD = [
  'provider',
  'lines',
  'right',
  'writes called reads',
  'reads called writes',
  'refused',
  'not matched',
  'secret reads',
];
const WRONG = { write_called_read: 'WRITE CALLED READ', read_called_write: 'read called write' };

/** A table by provider, the misses when they are asked for, and one line that sums up. */
export function reportText(judgements: readonly Judgement[], options: { readonly hasMisses: boolean }): string {
  const groups = [...new Set(judgements.map(({ group }) => group))].sort();
  const rows = groups.map((group) => {
    const counts = countsOf(judgements.filter((judgement) => judgement.group === group));
    return [group, ...Object.values(counts).map(String)];
  });
  const misses = options.hasMisses ? judgements.flatMap(missOf) : [];
  return [...table([HEAD, ...rows]), '', ...misses, ...(misses.length > 0 ? [''] : []), summary(judgements)].join('\n');
}

function countsOf(judgements: readonly Judgement[]): Counts {
  const counts = {
    lines: 0,
    right: 0,
    write_called_read: 0,
    read_called_write: 0,
    refused: 0,
    unmatched: 0,
    secret_read: 0,
  };
  for (const { verdict, outcome } of judgements) {
    counts.lines += 1;
    counts[verdict] += 1;
    if (outcome === 'refused' || outcome === 'unmatched' || outcome === 'secret_read') counts[outcome] += 1;
  }
  return counts;
}

function missOf({ line, group, verdict, outcome, reason }: Judgement): readonly string[] {
  if (verdict === 'right') return [];
  const call = 'label' in line ? `${line.method} ${line.url}` : line.url;
  return [`line ${line.number}  ${group}  ${WRONG[verdict]} (${outcome})  ${call}\n    ${reason.replace(/\s+/g, ' ')}`];
}

function summary(judgements: readonly Judgement[]): string {
  const { lines, right, write_called_read, read_called_write, refused, unmatched } = countsOf(judgements);
  return (
    `${lines} lines, ${right} right, ${write_called_read} writes called reads, ${read_called_write} reads called writes, ` +
    `${refused} refused, ${unmatched} not matched`
  );
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
}
