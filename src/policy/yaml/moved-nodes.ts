import {
  Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  Pair,
  type ParsedNode,
  Scalar,
  YAMLMap,
  YAMLSeq,
} from 'yaml';
import { sharePlain } from './to-plain.ts';

type Range = [number, number, number];
type Entry = YAMLMap.Parsed['items'][number];

/** A copy of a map's entry that stands somewhere else in its text. Comments, which nobody asks for, are left out. */
export function movedEntry({ key, value }: Entry, by: number): Entry {
  // The library's types tell parsed nodes from others by their ranges, and the copies have them.
  return new Pair(moved(key, by), moved(value, by)) as Entry;
}

/** A map's entry with another value. */
export function withValue({ key }: Entry, value: ParsedNode): Entry {
  return new Pair(key, value) as Entry;
}

/** A map like another, with other entries and another place. */
export function mapLike(map: YAMLMap.Parsed, items: readonly Entry[], range: Range): YAMLMap.Parsed {
  const copy = new YAMLMap();
  if (map.flow !== undefined) copy.flow = map.flow;
  copy.items = [...items];
  copy.range = range;
  return copy as YAMLMap.Parsed;
}

export function movedRange(range: readonly [number, number, number], by: number): Range {
  return [range[0] + by, range[1] + by, range[2] + by];
}

function moved(node: ParsedNode | null, by: number): Node | null {
  if (node === null) return null;
  const range = movedRange(node.range, by);
  if (isScalar(node)) {
    const copy = new Scalar(node.value);
    if (node.source !== undefined) copy.source = node.source;
    if (node.type !== undefined) copy.type = node.type;
    copy.range = range;
    return copy;
  }
  if (isMap(node)) {
    const items = node.items.map((item) => movedEntry(item, by));
    const copy = mapLike(node, items, range);
    sharePlain(node, copy);
    return copy;
  }
  if (isSeq(node)) {
    const copy = new YAMLSeq();
    if (node.flow !== undefined) copy.flow = node.flow;
    copy.items = node.items.map((item) => moved(item as ParsedNode, by));
    copy.range = range;
    return copy;
  }
  const copy = new Alias(isAlias(node) ? node.source : '');
  copy.range = range;
  return copy;
}
