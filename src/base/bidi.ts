/**
 * Right-to-left text inside sentences of ours. Names come in Hebrew and Arabic too, and the digits, bounds and colons that
 * follow one would be drawn as a part of it, on its other side: “name 0.5 ≥ 0.8” would read as another comparison. What
 * is isolated keeps its own direction and leaves what is around it alone (Unicode's UAX #9, HTML's `bdi`).
 */
export interface BidiPiece {
  readonly text: string;
  readonly kind: 'isolated' | 'plain';
}

/** The blocks whose characters run from right to left, assigned or not (UAX #9, default values of Bidi_Class). */
const RIGHT_TO_LEFT = '\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefe\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}';
/** What joins words of one name; a colon, a comma or a digit may be ours. */
const JOINT = '[\\s_\'"./-]{1,3}';
const RUN = new RegExp(`[${RIGHT_TO_LEFT}]+(?:${JOINT}[${RIGHT_TO_LEFT}]+)*`, 'gu');
/** A name by itself, with its own digits. */
const NAME = new RegExp(`^[${RIGHT_TO_LEFT}\\d\\s_'"./()-]+$`, 'u');

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

/** The text in pieces, which joined are the text; those that run from right to left stand by themselves. */
export function bidiPieces(text: string): readonly BidiPiece[] {
  const runs = [...text.matchAll(RUN)];
  if (runs.length === 0) return [{ text, kind: 'plain' }];
  if (NAME.test(text)) return [{ text, kind: 'isolated' }];
  const pieces: BidiPiece[] = [];
  let end = 0;
  for (const { 0: run, index } of runs) {
    if (index > end) pieces.push({ text: text.slice(end, index), kind: 'plain' });
    pieces.push({ text: run, kind: 'isolated' });
    end = index + run.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), kind: 'plain' });
  return pieces;
}

/** The same as one text, for places that take no markup, and from which nothing is copied: with Unicode's isolates. */
export function withIsolates(text: string): string {
  return bidiPieces(text)
    .map((piece) => (piece.kind === 'plain' ? piece.text : `${FIRST_STRONG_ISOLATE}${piece.text}${POP_ISOLATE}`))
    .join('');
}
