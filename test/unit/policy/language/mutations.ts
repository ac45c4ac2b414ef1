import { nextUniform, seededRandom } from '../../../../src/metrics/resampling/random.ts';
import { EXAMPLE } from '../example.ts';

const PIECES = [
  ...'{}[],:&*!|>%@`"\'#?- \n\t\r\\',
  ...[
    '\u0000',
    '\uFEFF',
    '\u202E',
    '\uD800',
    'é',
    '💥',
    '...',
    '---',
    '<<: ',
    '.nan',
    'a',
    '\n  ',
    '\n    ',
    ': ',
    '- ',
  ],
  ...[
    'check: metric',
    'metric: ',
    'min: 1e999',
    'checks:',
    'signoff: {',
    'null',
    '~',
    '__proto__: 1',
    '"',
    '? ',
    '|2\n',
  ],
];

/** Policies with pieces cut, doubled, moved and put in, each with the place of the last change. The same for a seed. */
export function* mutatedPolicies(
  count: number,
  seed: number,
  policy = EXAMPLE,
): Generator<{ text: string; offset: number }> {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(nextUniform(random) * limit);
  for (let number = 0; number < count; number += 1) {
    let text = policy;
    let offset = 0;
    for (let change = 1 + below(4); change > 0; change -= 1) {
      offset = below(text.length + 1);
      const taken = below(policy.length);
      const inserted = [
        PIECES[below(PIECES.length)] ?? '',
        below(3) === 0 ? policy.slice(taken, taken + below(60)) : '',
        below(2) === 0 ? (PIECES[below(PIECES.length)] ?? '') : '',
      ].join('');
      text = text.slice(0, offset) + inserted + text.slice(offset + below(below(2) === 0 ? 4 : 60));
      offset += below(inserted.length + 1);
    }
    yield { text, offset };
  }
}

export const LONG_TEXTS: Readonly<Record<string, string>> = {
  'open brackets': '['.repeat(50_000),
  'open maps': '{a: '.repeat(50_000),
  dashes: '- '.repeat(50_000),
  'question marks': '? '.repeat(50_000),
  quotes: '"'.repeat(20_000),
  blanks: ' '.repeat(50_000),
  'unknown keys': Array.from({ length: 10_000 }, (_, index) => `key${index}:`).join('\n'),
  'a thousand checks': `checks:\n${Array.from({ length: 1_000 }, (_, index) => `  c${index}: { check: metric, metric: accuracy, dataset: d, min: 2 }`).join('\n')}\n`,
};
