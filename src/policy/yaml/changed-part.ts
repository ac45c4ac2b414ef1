import { isMap, isScalar, type Node, type ParsedNode, type YAMLMap } from 'yaml';
import { spanOf } from './to-plain.ts';

/** One stretch of a text that became another: offsets are of the text before, `by` is how much longer it is now. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly by: number;
}

/** Whole lines of a text that hold some entries of one map, and nothing else but blanks and comments. */
export interface Part {
  /** The entry of the top map that the map is the value of; undefined for the top map itself. */
  readonly within: number | undefined;
  readonly map: YAMLMap.Parsed;
  readonly firstEntry: number;
  readonly lastEntry: number;
  readonly start: number;
  readonly end: number;
  /** Column of the map's keys, counted from 0. */
  readonly indent: number;
  /** What stands after the last line: an entry of the same map, one of the top map, or the end of the text. */
  readonly before: 'sibling' | 'entry of the top map' | 'end';
}

/** What was changed between two texts; undefined where they are equal. */
export function changeBetween(before: string, now: string): TextChange | undefined {
  if (before === now) return undefined;
  const shorter = Math.min(before.length, now.length);
  const by = now.length - before.length;
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === now.charCodeAt(start)) start += 1;
  let end = before.length;
  while (end > start && end + by > start && before.charCodeAt(end - 1) === now.charCodeAt(end + by - 1)) end -= 1;
  return { start, end, by };
}

/**
 * Parts of a text that could be read alone after the change, the smallest first: entries of a map below a top key (a
 * check), then entries of the top map. An entry more is tried as well, because a line put in may belong to either.
 */
export function partsAround(text: string, tree: ParsedNode | null | undefined, change: TextChange): readonly Part[] {
  if (!isBlockMap(tree) || columnOf(text, tree) !== 0) return [];
  const top = entriesAround(text, { within: undefined, map: tree, indent: 0, end: text.length }, change);
  if (top === undefined) return [];
  const value = top.firstEntry === top.lastEntry ? tree.items[top.firstEntry]?.value : undefined;
  const indent = isBlockMap(value) ? columnOf(text, value) : undefined;
  if (!isBlockMap(value) || indent === undefined || indent === 0) return withOneMore(text, top);
  const inner = entriesAround(text, { within: top.firstEntry, map: value, indent, end: top.end }, change);
  return [...(inner === undefined ? [] : withOneMore(text, inner)), ...withOneMore(text, top)];
}

type Surroundings = Pick<Part, 'within' | 'map' | 'indent' | 'end'>;

function entriesAround(text: string, { end, ...map }: Surroundings, change: TextChange): Part | undefined {
  const starts = map.map.items.map(({ key }) => spanOf(key)[0] - map.indent);
  const firstEntry = starts.findLastIndex((start) => start <= change.start);
  const lastEntry = Math.max(
    firstEntry,
    starts.findLastIndex((start) => start < change.end),
  );
  return partOf(text, map, starts, { firstEntry, lastEntry, end });
}

function withOneMore(text: string, part: Part): readonly Part[] {
  const { map, within, indent, firstEntry, lastEntry, end } = part;
  const starts = map.items.map(({ key }) => spanOf(key)[0] - indent);
  const larger = partOf(text, { within, map, indent }, starts, { firstEntry: firstEntry - 1, lastEntry, end });
  return larger === undefined ? [part] : [part, larger];
}

function partOf(
  text: string,
  { within, map, indent }: Omit<Surroundings, 'end'>,
  starts: readonly number[],
  { firstEntry, lastEntry, end }: Pick<Part, 'firstEntry' | 'lastEntry' | 'end'>,
): Part | undefined {
  const [start, next] = [starts[firstEntry], starts[lastEntry + 1]];
  if (start === undefined || !startsLine(text, map.items[firstEntry]?.key, indent)) return undefined;
  if (next !== undefined && !startsLine(text, map.items[lastEntry + 1]?.key, indent)) return undefined;
  const before = next !== undefined ? 'sibling' : end < text.length ? 'entry of the top map' : 'end';
  return { within, map, firstEntry, lastEntry, start, end: next ?? end, indent, before };
}

/** Whether a key is written at the beginning of a line, at this column, and without a mark before it. */
function startsLine(text: string, key: Node | null | undefined, indent: number): boolean {
  const [start, end] = spanOf(key ?? null);
  if (!isScalar(key) || start >= end || start < indent) return false;
  const line = start - indent;
  return (line === 0 || text[line - 1] === '\n') && text.slice(line, start).trim() === '';
}

function columnOf(text: string, map: YAMLMap.Parsed): number | undefined {
  const [start] = spanOf(map.items[0]?.key ?? null);
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  return startsLine(text, map.items[0]?.key, column) ? column : undefined;
}

function isBlockMap(node: unknown): node is YAMLMap.Parsed {
  return isMap(node) && node.flow !== true && node.items.length > 0;
}
