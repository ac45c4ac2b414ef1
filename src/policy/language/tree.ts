import { isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import type { PolicyPath } from '../policy-path.ts';
import { keyText, spanOf } from '../yaml/to-plain.ts';
import type { PolicyDocument, TextRange } from './policy-document.ts';

/** One thing in a policy's text: the entry of a map, or the item of a list. */
export interface Entry {
  readonly path: PolicyPath;
  /** Undefined for the items of lists. */
  readonly key: Node | undefined;
  /** Null where no value is written. */
  readonly value: Node | null;
}

/** What stands at an offset: the key of an entry, or its value where that is no map or list. */
export interface Place {
  readonly path: PolicyPath;
  readonly part: 'key' | 'value';
  readonly range: TextRange;
}

/** The entries of a map or list, in the order of the text; of keys that repeat, each. */
export function entriesOf(node: Node | null | undefined, path: PolicyPath): readonly Entry[] {
  if (isSeq(node)) {
    return node.items.map((item, index) => ({ path: [...path, index], key: undefined, value: item as Node | null }));
  }
  if (!isMap(node)) return [];
  const entries: Entry[] = [];
  for (const { key, value } of node.items as Pair<Node, Node | null>[]) {
    const name = keyText(key);
    if (name !== undefined) entries.push({ path: [...path, name], key, value });
  }
  return entries;
}

/** Every entry below a node, parents before children. */
export function everyEntry(node: Node | null | undefined): readonly Entry[] {
  const entries: Entry[] = [];
  const visit = (each: Node | null | undefined, path: PolicyPath): void => {
    for (const entry of entriesOf(each, path)) {
      entries.push(entry);
      visit(entry.value, entry.path);
    }
  };
  visit(node, []);
  return entries;
}

/** The entry at a path; undefined where it leads nowhere. */
export function entryAt(document: PolicyDocument, path: PolicyPath): Entry | undefined {
  let node: Node | null | undefined = document.tree;
  let entry: Entry | undefined;
  for (const [depth, step] of path.entries()) {
    entry = entriesOf(node, path.slice(0, depth)).find((each) => String(each.path.at(-1)) === String(step));
    if (entry === undefined) return undefined;
    node = entry.value;
  }
  return entry;
}

/** The entries of the map at a path, by name; of a key that repeats, the first. */
export function childrenAt(document: PolicyDocument, path: PolicyPath): ReadonlyMap<string, Entry> {
  const node = path.length === 0 ? document.tree : entryAt(document, path)?.value;
  const children = new Map<string, Entry>();
  for (const entry of entriesOf(node, path)) {
    const name = String(entry.path.at(-1));
    if (!children.has(name)) children.set(name, entry);
  }
  return children;
}

/** What stands at an offset; its end counts, because that is where a cursor stands after a word. */
export function placeAt(document: PolicyDocument, offset: number): Place | undefined {
  let node: Node | null | undefined = document.tree;
  let path: PolicyPath = [];
  for (;;) {
    const entries = entriesOf(node, path);
    const around = entries.find((entry) => holds(entry, offset));
    if (around === undefined) return undefined;
    const { key, value } = around;
    if (key !== undefined && reaches(key, offset)) {
      return { path: around.path, part: 'key', range: rangeOf(document, key) };
    }
    if (value === null || isScalar(value)) {
      return value !== null && reaches(value, offset)
        ? { path: around.path, part: 'value', range: rangeOf(document, value) }
        : undefined;
    }
    node = value;
    path = around.path;
  }
}

/** The path of the innermost entry that an offset lies in, its line included; the empty path at the top. */
export function pathAround(document: PolicyDocument, offset: number): PolicyPath {
  let path: PolicyPath = [];
  let node: Node | null | undefined = document.tree;
  for (;;) {
    const around = entriesOf(node, path).findLast((entry) => holds(entry, offset));
    if (around === undefined) return path;
    path = around.path;
    node = around.value;
  }
}

/** Where a node's own text stands, without the blanks after it. */
export function rangeOf({ text }: PolicyDocument, node: Node): TextRange {
  const [start, end] = spanOf(node);
  const offset = Math.min(start, text.length);
  return { offset, length: text.slice(offset, end).trimEnd().length };
}

/** From an entry's key (or its item) to the end of its value. */
export function extentOf(document: PolicyDocument, { key, value }: Entry): TextRange {
  const first = key ?? value;
  if (first === null) return { offset: 0, length: 0 };
  const { offset } = rangeOf(document, first);
  const last = value === null || spanOf(value)[1] < offset ? first : value;
  const end = rangeOf(document, last);
  return { offset, length: Math.max(0, end.offset + end.length - offset) };
}

function holds({ key, value }: Entry, offset: number): boolean {
  const start = spanOf(key ?? value)[0];
  const end = Math.max(spanOf(key ?? null)[1], spanOf(value)[1]);
  return offset >= start && offset <= end;
}

function reaches(node: Node, offset: number): boolean {
  const [start, end] = spanOf(node);
  return offset >= start && offset <= end;
}
