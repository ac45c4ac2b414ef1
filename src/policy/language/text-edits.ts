import { isCollection, isMap, isSeq } from 'yaml';
import type { PolicyPath } from '../policy-path.ts';
import type { PolicyDocument, TextRange } from './policy-document.ts';
import { type Entry, entriesOf, entryAt, extentOf, rangeOf } from './tree.ts';

/** Replaces a stretch of the text. `as: 'snippet'` has slots that the next Tab goes to. */
export interface TextEdit extends TextRange {
  readonly text: string;
  readonly as: 'text' | 'snippet';
}

export function replacement({ offset, length }: TextRange, text: string): TextEdit {
  return { offset, length, text, as: 'text' };
}

/**
 * Puts a key into the map at a path, behind its last entry. `value` is YAML, as a snippet. Undefined where there is no
 * map that could take it.
 */
export function insertKey(
  document: PolicyDocument,
  path: PolicyPath,
  key: string,
  value: string,
): TextEdit | undefined {
  const node = path.length === 0 ? document.tree : entryAt(document, path)?.value;
  const entries = entriesOf(node, path);
  const last = entries.at(-1);
  if (isMap(node) && node.flow === true)
    return insertIntoFlow(document, rangeOf(document, node), last, `${key}: ${value}`);
  if (last !== undefined && isMap(node)) {
    const column = columnOf(document, rangeOf(document, last.key ?? last.value ?? node).offset);
    return insertLine(document, last, `${' '.repeat(column)}${key}: ${value}`);
  }
  const parent = entryAt(document, path);
  if (parent?.key === undefined || (parent.value !== null && isCollection(parent.value))) return undefined;
  if (parent.value !== null && rangeOf(document, parent.value).length > 0) return undefined;
  const column = columnOf(document, rangeOf(document, parent.key).offset) + 2;
  const at = endOfLine(document.text, extentOf(document, parent).offset);
  return { offset: at, length: 0, text: `\n${' '.repeat(column)}${key}: ${value}`, as: 'snippet' };
}

/** The lines of a new entry, put behind the last one of the block map at a path. Lines are not indented yet. */
export function insertLines(document: PolicyDocument, after: Entry, lines: readonly string[]): TextEdit {
  const column = columnOf(document, rangeOf(document, after.key ?? after.value ?? missing()).offset);
  return insertLine(document, after, lines.map((line) => `${' '.repeat(column)}${line}`).join('\n'));
}

/** Takes an entry or item out, with the line that it fills or the comma that it needs. Undefined where that would leave no YAML. */
export function removeEntry(document: PolicyDocument, entry: Entry): TextEdit | undefined {
  const parentPath = entry.path.slice(0, -1);
  const parent = parentPath.length === 0 ? document.tree : entryAt(document, parentPath)?.value;
  if (!isMap(parent) && !isSeq(parent)) return undefined;
  const siblings = entriesOf(parent, parentPath);
  const index = siblings.findIndex((each) => each.key === entry.key && each.value === entry.value);
  const extent = extentOf(document, entry);
  if (parent.flow === true) return removeFromFlow(document, extent, siblings[index - 1], siblings[index + 1]);
  const { text } = document;
  const lineStart = text.lastIndexOf('\n', extent.offset - 1) + 1;
  const lead = text.slice(lineStart, extent.offset);
  const isWholeLine = isSeq(parent) ? /^[ \t]*-[ \t]*$/u.test(lead) : /^[ \t]*$/u.test(lead);
  if (!isWholeLine || siblings.length < 2) return undefined;
  const end = endOfLine(text, Math.max(extent.offset, extent.offset + extent.length - 1));
  return { offset: lineStart, length: Math.min(text.length, end + 1) - lineStart, text: '', as: 'text' };
}

function insertIntoFlow(
  { text }: PolicyDocument,
  node: TextRange,
  last: Entry | undefined,
  written: string,
): TextEdit | undefined {
  const end = node.offset + node.length;
  if (text[end - 1] !== '}') return undefined;
  const inside = text.slice(0, end - 1).trimEnd();
  if (last === undefined)
    return { offset: inside.length, length: end - 1 - inside.length, text: ` ${written} `, as: 'snippet' };
  const comma = inside.endsWith(',') ? ' ' : ', ';
  return { offset: inside.length, length: 0, text: `${comma}${written}`, as: 'snippet' };
}

function insertLine(document: PolicyDocument, after: Entry, line: string): TextEdit {
  const { text } = document;
  const { offset, length } = extentOf(document, after);
  const at = endOfLine(text, Math.max(offset, offset + length - 1));
  return { offset: at, length: 0, text: `\n${line}`, as: 'snippet' };
}

function removeFromFlow(
  document: PolicyDocument,
  { offset, length }: TextRange,
  before: Entry | undefined,
  after: Entry | undefined,
): TextEdit {
  if (before !== undefined) {
    const from = extentOf(document, before);
    const start = from.offset + from.length;
    return { offset: start, length: offset + length - start, text: '', as: 'text' };
  }
  const end = after === undefined ? offset + length : extentOf(document, after).offset;
  return { offset, length: end - offset, text: '', as: 'text' };
}

/** How far from the start of its line an offset is. */
export function columnOf({ text }: PolicyDocument, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  const end = at === -1 ? text.length : at;
  return text[end - 1] === '\r' && end > from ? end - 1 : end;
}

function missing(): never {
  throw new Error('An entry has neither key nor value.');
}
