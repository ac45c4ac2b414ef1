import { nextUniform, seededRandom } from '../../../../src/metrics/resampling/random.ts';

const TYPED = [
  ...'abz019.:-,#?&*!|>%"\'{}[] \n',
  ...['\n    ', '\n  ', '\n', '    note: x\n', '  more: { check: metric }\n', '  # note\n', '# note\n', '\n\n'],
  ...[
    'why: |\n      one\n      two\n',
    'why: >+\n      one\n\n\n',
    '"a\n      b"',
    ': ',
    ' # note',
    '---\n',
    '...\n',
    '\r\n',
  ],
  ...[
    '\t',
    '? a\n',
    '\u202E',
    '\uFEFF',
    '- a\n',
    '!tag ',
    '&anchor ',
    '*alias',
    '%YAML 1.2\n',
    '{ a: 1,\n',
    ']',
    'check',
  ],
] as const;

/** Makes strokes, pastes, deletions and doubled lines, mostly near the one before. The same for a seed. */
export function randomTyping(seed: number): (text: string) => string {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(nextUniform(random) * limit);
  let cursor = 0;
  return (text) => {
    if (below(3) === 0) cursor = below(text.length + 1);
    if (below(6) === 0) cursor = text.lastIndexOf('\n', cursor) + 1;
    cursor = Math.min(cursor, text.length);
    const from = below(4) === 0 ? text.lastIndexOf('\n', below(text.length)) + 1 : below(text.length);
    const letter = [0, TYPED[below(6)] ?? ''] as const;
    const [removed, inserted] = [
      ...[letter, letter, letter, letter, letter],
      [0, TYPED[below(TYPED.length)] ?? ''],
      [1 + below(3), ''],
      [lineEnd(text, cursor) - cursor, ''],
      [below(40), text.slice(from, from + below(60))],
      [0, text.slice(from, lineEnd(text, from))],
    ][below(10)] as [number, string];
    const typed = text.slice(0, cursor) + inserted + text.slice(cursor + removed);
    cursor += inserted.length;
    return typed;
  };
}

/** Past the end of the line, its break included. */
function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}
