import { readYaml } from '../yaml/read-yaml.ts';
import { toPlain } from '../yaml/to-plain.ts';
import { indentEdits } from './format/indent.ts';
import { scalarLines } from './format/scalar-lines.ts';
import { flowSpacing, keySpacing } from './format/spacing.ts';
import { isEqual } from './standing.ts';
import { replacement, type TextEdit } from './text-edits.ts';

/**
 * Puts a policy's layout right and changes nothing else: two blanks a level, one blank behind a colon and a comma (unless
 * values are lined up), blanks inside braces, none at the ends of lines, one final newline. Comments stay, and stay
 * lined up. A text that is no YAML is left alone, and so is one that would not read back as the same.
 */
export function formatPolicy(text: string): readonly TextEdit[] {
  const { root } = readYaml(text);
  if (root === undefined || root === null) return [];
  const kept = scalarLines(text, root);
  const edits = [
    ...indentEdits(text, root),
    ...keySpacing(text, root),
    ...flowSpacing(text),
    ...endEdits(text, kept),
  ].filter(({ offset, length, text: to }) => text.slice(offset, offset + length) !== to);
  const sound = withoutOverlaps(edits);
  return readsTheSame(text, applyEdits(text, sound)) ? sound : [];
}

/** A text after edits that don't overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const { offset, length, text: to } of edits.toSorted((one, other) => one.offset - other.offset)) {
    result += text.slice(at, offset) + to;
    at = offset + length;
  }
  return result + text.slice(at);
}

/** Blanks at the ends of lines, but for those inside scalars, and the final newline. */
function endEdits(text: string, kept: ReadonlySet<number>): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let offset = 0;
  for (const [index, line] of text.split('\n').entries()) {
    const end = line.endsWith('\r') ? line.length - 1 : line.length;
    const trimmed = line.slice(0, end).replace(/[ \t]+$/u, '').length;
    if (trimmed < end && !kept.has(index))
      edits.push(replacement({ offset: offset + trimmed, length: end - trimmed }, ''));
    offset += line.length + 1;
  }
  if (text.endsWith('\n')) return edits;
  return [...edits, replacement({ offset: text.length, length: 0 }, text.includes('\r\n') ? '\r\n' : '\n')];
}

function withoutOverlaps(edits: readonly TextEdit[]): readonly TextEdit[] {
  const sound: TextEdit[] = [];
  let end = -1;
  for (const edit of edits.toSorted((one, other) => one.offset - other.offset || one.length - other.length)) {
    if (edit.offset < end || (edit.offset === end && sound.at(-1)?.offset === edit.offset)) continue;
    sound.push(edit);
    end = edit.offset + edit.length;
  }
  return sound;
}

function readsTheSame(before: string, after: string): boolean {
  const [one, other] = [readYaml(before), readYaml(after)];
  if (one.root === undefined || other.root === undefined) return false;
  if (!isEqual(toPlain(one.root).value, toPlain(other.root).value)) return false;
  // No letter is added or lost, so no comment is.
  return letters(before) === letters(after);
}

function letters(text: string): string {
  return text.replaceAll(/\s+/gu, '');
}
