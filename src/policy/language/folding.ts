import type { PolicyDocument } from './policy-document.ts';
import { everyEntry, extentOf } from './tree.ts';

/** Lines that can be folded away, counted from 0, both included; the first stays. */
export interface Fold {
  readonly start: number;
  readonly end: number;
  readonly kind: 'region' | 'comment';
}

/** Every entry and list item of several lines, and comments of several lines. */
export function policyFolds(document: PolicyDocument): readonly Fold[] {
  const folds = new Map<number, Fold>();
  for (const entry of everyEntry(document.tree)) {
    const { offset, length } = extentOf(document, entry);
    const start = lineOf(document, offset);
    const end = lineOf(document, offset + length);
    // Of entries that begin on one line, the outermost folds.
    if (end > start && !folds.has(start)) folds.set(start, { start, end, kind: 'region' });
  }
  return [...folds.values(), ...commentFolds(document.text)].toSorted((one, other) => one.start - other.start);
}

function commentFolds(text: string): readonly Fold[] {
  const folds: Fold[] = [];
  let start: number | undefined;
  const lines = text.split('\n');
  for (const [index, line] of [...lines, ''].entries()) {
    if (/^\s*#/u.test(line)) {
      start ??= index;
      continue;
    }
    if (start !== undefined && index - start > 1) folds.push({ start, end: index - 1, kind: 'comment' });
    start = undefined;
  }
  return folds;
}

function lineOf({ lines }: PolicyDocument, offset: number): number {
  return lines.range(offset, offset).line - 1;
}
