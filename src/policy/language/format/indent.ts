import { isMap, isSeq, type Node, type Pair } from 'yaml';
import { spanOf } from '../../yaml/to-plain.ts';
import { replacement, type TextEdit } from '../text-edits.ts';
import { lineAt, lineStarts } from './scalar-lines.ts';

const STEP = 2;

/** Two blanks a level. Lines that go on with something, and comments, move along with what they belong to. */
export function indentEdits(text: string, root: Node): readonly TextEdit[] {
  const starts = lineStarts(text);
  const wanted = wantedColumns(text, root, starts);
  const lines = text.split('\n');
  const shiftOf = (line: number): number => (wanted.get(line) ?? 0) - leading(lines[line] ?? '');
  let above: number | undefined;
  return lines.flatMap((line, index): TextEdit[] => {
    const old = leading(line);
    if (wanted.has(index)) above = index;
    if (line.trim() === '') return [];
    const column = wanted.get(index) ?? followed(line, index, old);
    return [replacement({ offset: starts[index] ?? 0, length: old }, ' '.repeat(column))];
  });

  /** A comment belongs to what it stands before, where that begins in the same column; else to what it stands behind. */
  function followed(line: string, index: number, old: number): number {
    const next = /^\s*#/u.test(line) ? firstAfter(index) : undefined;
    const owner = next !== undefined && leading(lines[next] ?? '') === old ? next : (above ?? next);
    return owner === undefined ? old : Math.max(0, old + shiftOf(owner));
  }

  function firstAfter(index: number): number | undefined {
    for (let line = index + 1; line < lines.length; line += 1) if (wanted.has(line)) return line;
    return undefined;
  }
}

/** For each line that begins with a key or a dash of a block collection: the column where that belongs. */
function wantedColumns(text: string, root: Node, starts: readonly number[]): ReadonlyMap<number, number> {
  const wanted = new Map<number, number>();
  place(root, 0);
  return wanted;

  function place(node: Node | null, column: number): void {
    if (isMap(node) && node.flow !== true) {
      for (const { key, value } of node.items as Pair<Node, Node | null>[]) {
        want(spanOf(key)[0], column);
        place(value, column + STEP);
      }
    }
    if (isSeq(node) && node.flow !== true) {
      for (const item of node.items as (Node | null)[]) {
        want(dashBefore(spanOf(item)[0]), column);
        place(item, column + STEP);
      }
    }
  }

  function want(offset: number, column: number): void {
    const line = lineAt(starts, offset);
    const lead = text.slice(starts[line], offset);
    if (/^[ \t]*$/u.test(lead)) wanted.set(line, column);
  }

  function dashBefore(offset: number): number {
    return text.lastIndexOf('-', Math.max(0, offset - 1));
  }
}

function leading(line: string): number {
  return /^[ \t]*/u.exec(line)?.[0].length ?? 0;
}
