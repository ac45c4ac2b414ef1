import { CST, isScalar, Lexer } from 'yaml';
import type { PolicyPath } from '../../policy-path.ts';
import { readYaml } from '../../yaml/read-yaml.ts';
import { keyText, type PlainObject, toPlain } from '../../yaml/to-plain.ts';
import { asMap, type TextRange } from '../policy-document.ts';
import { everyEntry } from '../tree.ts';

/** What is being written where the cursor is. */
export interface Cursor {
  /** Of the entry that is being written; its last step is no name yet where that is a key. */
  readonly path: PolicyPath;
  readonly part: 'key' | 'value';
  /** What a completion replaces: the word around the cursor, its quotes included. */
  readonly word: TextRange;
  readonly style: 'block' | 'flow';
  /** Whether a colon stands after the word already. */
  readonly colon: 'there' | 'missing';
  /** Column of the word's first letter, counted from 0. */
  readonly indent: number;
  /** The policy without the entry that is being written, as far as it can be read. */
  readonly plain: PlainObject;
}

const PLACEHOLDER = 'MODEL-SIGNOFF-CURSOR';

/**
 * Finds out what is being written, however unfinished the text is: the word at the cursor is replaced by one that
 * makes the line whole, and looked for in the tree. Below a key without a value it may be a value or the first key of
 * a map: then both, the key first. None in comments and where nothing of the policy can stand.
 */
export function cursorsAt(text: string, offset: number): readonly Cursor[] {
  const before = lexed(text.slice(0, offset));
  if (before.last === 'comment') return [];
  const word = wordAt(text, offset, before);
  return partsAt(text, before, word.start)
    .map((part) => cursorFor(text, before, word, part))
    .filter((cursor) => cursor !== undefined);
}

type Word = { readonly start: number; readonly end: number };

function cursorFor(text: string, before: Lexed, word: Word, part: Cursor['part']): Cursor | undefined {
  const style = before.open.length > 0 ? 'flow' : 'block';
  const colon = /^[ \t]*:(?:\s|$)/u.test(text.slice(word.end)) ? 'there' : 'missing';
  const written = part === 'key' && colon === 'missing' ? `${PLACEHOLDER}: ` : PLACEHOLDER;
  const patched = closed(`${text.slice(0, word.start)}${written}`, text.slice(word.end));
  const { sketch } = readYaml(patched);
  const entry = everyEntry(sketch).find(({ key, value }) => isPlaceholder(key) || isPlaceholder(value));
  if (entry === undefined) return undefined;
  return {
    path: entry.path,
    part: isPlaceholder(entry.key) ? 'key' : 'value',
    word: { offset: word.start, length: word.end - word.start },
    ...{ style, colon },
    indent: word.start - (text.lastIndexOf('\n', word.start - 1) + 1),
    plain: withoutPlaceholder(asMap(toPlain(sketch ?? null).value) ?? Object.create(null), entry.path),
  };
}

interface Lexed {
  /** Flow collections that are open, outermost first. */
  readonly open: readonly ('{' | '[')[];
  /** The token that ends the text. */
  readonly last: string | undefined;
  /** Where that token starts. */
  readonly start: number;
  /** The token before it that means something, and where that ends. */
  readonly leading: string | undefined;
  readonly leadingEnd: number;
}

const BLANK = new Set(['space', 'newline', 'comment', 'byte-order-mark']);

function lexed(text: string): Lexed {
  const open: ('{' | '[')[] = [];
  let offset = 0;
  let last: string | undefined;
  let start = 0;
  let leading: string | undefined;
  let leadingEnd = 0;
  let scalarFollows = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme === CST.SCALAR || lexeme === CST.DOCUMENT || lexeme === CST.FLOW_END) {
      scalarFollows = lexeme === CST.SCALAR;
      continue;
    }
    if (last !== undefined && !BLANK.has(last)) [leading, leadingEnd] = [last, offset];
    last = scalarFollows ? 'scalar' : (CST.tokenType(lexeme) ?? 'error');
    scalarFollows = false;
    if (last === 'flow-map-start') open.push('{');
    if (last === 'flow-seq-start') open.push('[');
    if (last === 'flow-map-end' || last === 'flow-seq-end') open.pop();
    start = offset;
    offset += lexeme.length;
  }
  return { open, last, start, leading, leadingEnd };
}

const SCALARS = new Set(['scalar', 'single-quoted-scalar', 'double-quoted-scalar']);

/** The word that the cursor is in or behind; on one line, with its quotes. */
function wordAt(text: string, offset: number, before: Lexed): Word {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const inScalar = before.last !== undefined && SCALARS.has(before.last);
  // A plain scalar may have begun lines above; what is written now is only its last line.
  const indent = /^[ \t]*/u.exec(text.slice(lineStart, offset))?.[0].length ?? 0;
  const start = inScalar ? Math.max(before.start, lineStart + indent) : offset;
  const quote = inScalar && /["']/u.test(text[start] ?? '') ? text[start] : undefined;
  const rest = text.slice(offset, endOfLine(text, offset));
  if (quote !== undefined) {
    const isClosed = offset - start > 1 && text[offset - 1] === quote;
    const closing = isClosed ? 0 : rest.indexOf(quote) + 1;
    return { start, end: offset + closing };
  }
  if (!inScalar && /^["']/u.test(rest)) return { start, end: offset };
  const ends = before.open.length > 0 ? /[,\]}]|:(?=\s|$)|\s+#|\s+$|$/u : /:(?=\s|$)|\s+#|\s+$|$/u;
  return { start, end: offset + rest.slice(0, rest.search(ends)).trimEnd().length };
}

function partsAt(text: string, lexed: Lexed, word: number): readonly Cursor['part'][] {
  const { open, last, leading, leadingEnd, start } = lexed;
  const isWord = last !== undefined && SCALARS.has(last) && start <= word;
  const isLeading = isWord || last === undefined || BLANK.has(last);
  switch (isLeading ? leading : last) {
    case 'flow-map-start':
      return ['key'];
    case 'flow-seq-start':
    case 'seq-item-ind':
      return ['value'];
    case 'comma':
      return [open.at(-1) === '[' ? 'value' : 'key'];
    case 'map-value-ind': {
      const below = isLeading && open.length === 0 && text.slice(leadingEnd, word).includes('\n');
      return below ? ['key', 'value'] : ['value'];
    }
    case undefined:
      return ['key'];
    default:
      return open.length > 0 ? [] : ['key'];
  }
}

/** Closes the flow collections that the line leaves open, where nothing of them goes on below. */
function closed(start: string, rest: string): string {
  const end = endOfLine(rest, 0);
  const line = start + rest.slice(0, end);
  const { open, last } = lexed(line);
  const below = /\n[ \t]*([^\s#][^\n]*)/u.exec(rest.slice(end))?.[0] ?? '';
  const indentOf = (text: string): number => /^\n?([ \t]*)/u.exec(text)?.[1]?.length ?? 0;
  const goesOn = below !== '' && (indentOf(below) > indentOf(lastLineOf(line)) || /^\n[ \t]*[\]}]/u.test(below));
  if (open.length === 0 || goesOn || last === 'comment') return start + rest;
  const closers = open.toReversed().map((bracket) => (bracket === '{' ? ' }' : ' ]'));
  return line + closers.join('') + rest.slice(end);
}

function lastLineOf(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1);
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  const end = at === -1 ? text.length : at;
  return text[end - 1] === '\r' && end > from ? end - 1 : end;
}

function isPlaceholder(node: unknown): boolean {
  return isScalar(node) && (keyText(node) === PLACEHOLDER || node.value === PLACEHOLDER);
}

function withoutPlaceholder(plain: PlainObject, path: PolicyPath): PlainObject {
  let current: unknown = plain;
  for (const step of path.slice(0, -1)) current = (current as Record<PropertyKey, unknown> | null)?.[step];
  const last = path.at(-1);
  if (typeof current !== 'object' || current === null || last === undefined) return plain;
  if (Array.isArray(current)) current.splice(Number(last), 1);
  else delete (current as Record<PropertyKey, unknown>)[last];
  return plain;
}
