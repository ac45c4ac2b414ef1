import { isMap, type ParsedNode, type YAMLMap } from 'yaml';
import { changeBetween, type Part, partsAround } from './changed-part.ts';
import { type ComposedText, composeYaml } from './compose-yaml.ts';
import { invisibleCharacters } from './invisible-characters.ts';
import { mapLike, movedEntry, movedRange, withValue } from './moved-nodes.ts';
import { LARGEST_POLICY_CHARACTERS, readingOf, readYaml, type YamlReading } from './read-yaml.ts';
import { KEY_WITHOUT_COLON } from './syntax-problems.ts';
import type { TextProblem } from './text-problem.ts';
import { spanOf } from './to-plain.ts';

/** A text, and what was read of it. */
export interface ReadText {
  readonly text: string;
  readonly reading: YamlReading;
}

/** Where mistakes are many, one more may change what the others are. */
const MOST_PROBLEMS_KEPT = 20;

/** A part that is larger costs as much as the whole text. */
const LARGEST_SHARE = 0.5;

/**
 * Reads a text that was changed a little: as `readYaml` does, and with the same result, but of the entries of a policy
 * (its checks) only those that were changed. The others are taken from the reading before, which stays as it is.
 */
export function readYamlAgain(text: string, before: ReadText): YamlReading {
  return readChangedPart(text, before) ?? readYaml(text);
}

/** Whether a text was understood so well that a part of it can be changed and the rest be taken as it is. */
export function isSound({ extent, root, problems }: YamlReading): boolean {
  return extent === 'whole' && root !== undefined && problems.length <= MOST_PROBLEMS_KEPT;
}

function readChangedPart(text: string, { text: textBefore, reading }: ReadText): YamlReading | undefined {
  const change = changeBetween(textBefore, text);
  if (change === undefined) return reading;
  if (!isSound(reading) || text.length > LARGEST_POLICY_CHARACTERS) return undefined;
  for (const part of partsAround(textBefore, reading.sketch, change)) {
    if (part.end - part.start > textBefore.length * LARGEST_SHARE) continue;
    const written = text.slice(part.start, part.end + change.by);
    const entries = standsAlone(written, part) ? readAlone(written, part) : undefined;
    const problems = entries && problemsAround(reading.problems, entries.problems, part, change.by);
    if (entries === undefined || problems === undefined) continue;
    return readingOf(treeWith(reading.sketch as YAMLMap.Parsed, part, entries, change.by), problems, 'whole');
  }
  return undefined;
}

/**
 * Whether lines mean by themselves what they mean in their place, as far as that can be seen from the outside: they
 * begin with a key at the column of the map, and no line leaves it. Odd characters are left to those who read it all.
 */
function standsAlone(written: string, { indent, before }: Part): boolean {
  const margin = ' '.repeat(indent);
  if (!written.startsWith(margin) || /^[\s#?:%]/u.test(written.slice(indent, indent + 1) || '#')) return false;
  if (before !== 'end' && !written.endsWith('\n')) return false;
  if (/\t|\r(?!\n)/u.test(written) || invisibleCharacters(written).length > 0) return false;
  return written.split('\n').every((line) => {
    return line.trim() === '' || (line.startsWith(margin) && !(indent === 0 && /^(?:---|\.\.\.)/u.test(line)));
  });
}

interface AloneRead {
  /** The map that the entries make by themselves. */
  readonly map: YAMLMap.Parsed;
  /** The top map around it; the same where the entries are the top map's own. */
  readonly top: YAMLMap.Parsed;
  readonly entries: YAMLMap.Parsed['items'];
  readonly problems: readonly TextProblem[];
}

/**
 * Reads lines where they stand, below a key like the one that they are below, and before a key like the one that
 * follows. That this key is still understood as one shows that nothing of the lines reaches beyond them.
 */
function readAlone(written: string, { start, indent, within, before }: Part): AloneRead | undefined {
  const lead = within === undefined ? '' : 'x:\n';
  const column = before === 'sibling' ? indent : 0;
  const trail = before === 'end' ? '' : `${' '.repeat(column)}y:\n`;
  const end = start + written.length;
  const { contents: top, problems, extent } = composeYaml(lead + written + trail, start - lead.length);
  if (extent !== 'whole' || !isBlockMap(top)) return undefined;
  // What breaks the syntax may be found far behind, but for this.
  if (problems.some(({ code, message }) => code === 'yaml-syntax' && message !== KEY_WITHOUT_COLON)) return undefined;
  if (problems.some((each) => each.start <= start || each.end > end || (each.end === end && before !== 'end'))) {
    return undefined;
  }
  const map = within === undefined ? top : top.items[0]?.value;
  if (!isBlockMap(map) || spanOf(map.items[0]?.key ?? null)[0] !== start + indent) return undefined;
  const follower = (before === 'sibling' ? map : top).items.at(-1);
  if (before !== 'end' && spanOf(follower?.key ?? null)[0] !== end + column) return undefined;
  if (within !== undefined && top.items.length !== (before === 'entry of the top map' ? 2 : 1)) return undefined;
  const endsWithFollower = before === 'sibling' || (within === undefined && before !== 'end');
  return { map, top, entries: endsWithFollower ? map.items.slice(0, -1) : map.items, problems };
}

/** Problems of the other parts, with those of the changed one in their midst; undefined where one is about both. */
function problemsAround(
  old: readonly TextProblem[],
  found: ComposedText['problems'],
  { start, end, before }: Part,
  by: number,
): readonly TextProblem[] | undefined {
  const earlier: TextProblem[] = [];
  const later: TextProblem[] = [];
  for (const problem of old) {
    const isInside = problem.start > start && (problem.end < end || before === 'end');
    if (isInside) continue;
    if (problem.end < start) earlier.push(problem);
    else if (problem.start > end) later.push({ ...problem, start: problem.start + by, end: problem.end + by });
    else return undefined;
  }
  return [...earlier, ...found, ...later];
}

function treeWith(tree: YAMLMap.Parsed, part: Part, read: AloneRead, by: number): ParsedNode {
  const { within, map, firstEntry, lastEntry, before } = part;
  const items = [
    ...map.items.slice(0, firstEntry),
    ...read.entries,
    ...map.items.slice(lastEntry + 1).map((entry) => movedEntry(entry, by)),
  ];
  const start = firstEntry === 0 ? read.map.range[0] : map.range[0];
  const [, valueEnd, nodeEnd] = before === 'sibling' ? movedRange(map.range, by) : read.map.range;
  const renewed = mapLike(map, items, [start, valueEnd, nodeEnd]);
  if (within === undefined) return renewed;
  const [, treeEnd, treeNodeEnd] = before === 'end' ? read.top.range : movedRange(tree.range, by);
  const topItems = tree.items.map((entry, index) => {
    if (index < within) return entry;
    return index > within ? movedEntry(entry, by) : withValue(entry, renewed);
  });
  return mapLike(tree, topItems, [tree.range[0], treeEnd, treeNodeEnd]);
}

function isBlockMap(node: unknown): node is YAMLMap.Parsed {
  return isMap(node) && node.flow !== true && node.items.length > 0;
}
