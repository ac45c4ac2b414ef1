import { isAlias, isMap, isSeq, type Node, type Pair, type ParsedNode } from 'yaml';
import type { SourceRange } from '../base/result.ts';
import type { PolicyPath } from './policy-path.ts';
import type { SourceLines } from './yaml/source-lines.ts';
import { keyText, spanOf } from './yaml/to-plain.ts';

/** Where things stand in a policy's text. A path that does not exist gives the place of its nearest parent. */
export interface Positions {
  /** The key of a map's entry, or the item of a list. */
  locate(path: PolicyPath): SourceRange;
  /** The value of a map's entry, or the item of a list; its key where no value is written. */
  locateValue(path: PolicyPath): SourceRange;
  /** Whether there is something at this path. */
  has(path: PolicyPath): boolean;
  /** The keys of the map at this path, in the order of the text. */
  keysOf(path: PolicyPath): readonly string[];
}

type Entry = { readonly key: Node | undefined; readonly value: Node | null };

export function createPositions(text: string, root: ParsedNode | null | undefined, lines: SourceLines): Positions {
  const children = new WeakMap<Node, ReadonlyMap<string, Entry>>();

  function childrenOf(node: Node): ReadonlyMap<string, Entry> {
    const known = children.get(node);
    if (known !== undefined) {
      return known;
    }
    const found = entriesOf(node);
    children.set(node, found);
    return found;
  }

  /** The entries along the path, as far as they exist. */
  function walk(path: PolicyPath): Entry[] {
    const entries: Entry[] = [];
    let node: Node | null = root ?? null;
    for (const step of path) {
      const entry: Entry | undefined = node === null ? undefined : childrenOf(node).get(String(step));
      if (entry === undefined) {
        break;
      }
      entries.push(entry);
      node = entry.value;
    }
    return entries;
  }

  function rangeOf(node: Node): SourceRange {
    const [start, end] = spanOf(node);
    return lines.range(start, start + text.slice(start, end).trimEnd().length);
  }

  function top(): SourceRange {
    const first = isMap(root) ? (root.items[0]?.key as Node | undefined) : root;
    return first == null ? lines.range(0, 0) : rangeOf(first);
  }

  function keyRange(entry: Entry | undefined): SourceRange {
    const node = entry?.key ?? entry?.value;
    return node == null ? top() : rangeOf(node);
  }

  return {
    locate: (path) => keyRange(walk(path).at(-1)),
    locateValue(path) {
      const entries = walk(path);
      const last = entries.at(-1);
      if (entries.length < path.length || last?.value == null) {
        return keyRange(last);
      }
      const range = rangeOf(last.value);
      return range.length === 0 ? keyRange(last) : range;
    },
    has: (path) => walk(path).length === path.length,
    keysOf(path) {
      const entries = walk(path);
      const node = path.length === 0 ? root : entries.length === path.length ? entries.at(-1)?.value : undefined;
      return isMap(node) ? [...childrenOf(node).keys()] : [];
    },
  };
}

function entriesOf(node: Node): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) {
      entries.set(String(index), { key: undefined, value: item as Node | null });
    }
    return entries;
  }
  if (!isMap(node) || isAlias(node)) {
    return entries;
  }
  for (const pair of node.items as Pair<Node, Node | null>[]) {
    const name = keyText(pair.key);
    if (name !== undefined && !entries.has(name)) {
      entries.set(name, { key: pair.key, value: pair.value });
    }
  }
  return entries;
}
