import { CST, isMap, isSeq, Lexer, type Node, type Pair, visit } from 'yaml';
import { spanOf } from '../../yaml/to-plain.ts';
import { replacement, type TextEdit } from '../text-edits.ts';

/** One blank behind a dash, and behind the colon of a key in a block map unless its value is lined up with a neighbour's. */
export function keySpacing(text: string, root: Node): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  visit(root, {
    Seq: (_, node) => {
      if (!isSeq(node) || node.flow === true) return;
      for (const item of node.items as (Node | null)[]) {
        const [start, end] = spanOf(item);
        const blanks = /-([ \t]+)$/u.exec(text.slice(Math.max(0, start - 200), start))?.[1] ?? ' ';
        if (end > start && blanks !== ' ')
          edits.push(replacement({ offset: start - blanks.length, length: blanks.length }, ' '));
      }
    },
    Map: (_, node) => {
      if (!isMap(node) || node.flow === true) return;
      const pairs = (node.items as Pair<Node, Node | null>[]).map((pair) => gapOf(text, pair));
      for (const [index, gap] of pairs.entries()) {
        if (gap === undefined) continue;
        const isLinedUp = [pairs[index - 1], pairs[index + 1]].some((other) => other?.column === gap.column);
        if (gap.length !== 1 && !isLinedUp) edits.push(replacement(gap, ' '));
      }
    },
  });
  return edits;
}

interface Gap {
  readonly offset: number;
  readonly length: number;
  /** Where the value starts in its line. */
  readonly column: number;
}

/** The blanks between a key's colon and its value, where both stand on one line. */
function gapOf(text: string, { key, value }: Pair<Node, Node | null>): Gap | undefined {
  const end = spanOf(key)[1];
  const colon = text.indexOf(':', end);
  const [start, valueEnd] = spanOf(value);
  if (value === null || colon < end || valueEnd <= start || text.slice(end, colon).trim() !== '') return undefined;
  const between = text.slice(colon + 1, start);
  if (!/^[ \t]+$/u.test(between)) return undefined;
  return { offset: colon + 1, length: between.length, column: start - (text.lastIndexOf('\n', start - 1) + 1) };
}

interface Token {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** `{ a: 1, b: [2, 3] }`: how flow collections are spaced, as far as they stand on one line. */
export function flowSpacing(text: string): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let depth = 0;
  let before: Token | undefined;
  for (const token of tokensOf(text)) {
    const gap = depth > 0 && before !== undefined ? gapBetween(before.type, token.type) : undefined;
    const blank = before === undefined ? '' : text.slice(before.end, token.start);
    if (gap !== undefined && before !== undefined && /^[ \t]*$/u.test(blank) && blank.length !== gap) {
      edits.push(replacement({ offset: before.end, length: blank.length }, ' '.repeat(gap)));
    }
    if (token.type === 'flow-map-start' || token.type === 'flow-seq-start') depth += 1;
    if (token.type === 'flow-map-end' || token.type === 'flow-seq-end') depth -= 1;
    before = token;
  }
  return edits;
}

function gapBetween(before: string, after: string): number | undefined {
  if (after === 'newline' || after === 'comment' || before === 'newline') return undefined;
  if (before === 'flow-map-start') return after === 'flow-map-end' ? 0 : 1;
  if (after === 'flow-map-end') return 1;
  if (before === 'flow-seq-start' || after === 'flow-seq-end') return 0;
  if (before === 'comma' || before === 'map-value-ind') return 1;
  return after === 'comma' || after === 'map-value-ind' ? 0 : undefined;
}

function* tokensOf(text: string): Generator<Token> {
  let offset = 0;
  let scalarFollows = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme === CST.SCALAR || lexeme === CST.DOCUMENT || lexeme === CST.FLOW_END) {
      scalarFollows = lexeme === CST.SCALAR;
      continue;
    }
    const type = scalarFollows ? 'scalar' : (CST.tokenType(lexeme) ?? 'error');
    scalarFollows = false;
    const start = offset;
    offset += lexeme.length;
    if (type !== 'space') yield { type, start, end: offset };
  }
}
