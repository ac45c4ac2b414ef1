import { countOf } from '../../../base/text.ts';
import { BOUND_KEYS } from '../bounds.ts';
import { underlinedPlace } from '../diagnostics/outcomes.ts';
import type { OutcomeFacts } from '../facts.ts';
import type { Known } from '../known.ts';
import { code, plain } from '../markdown.ts';
import type { PolicyDocument } from '../policy-document.ts';
import { historyText } from '../sparkline.ts';
import { type Standing, standingOf } from '../standing.ts';
import type { Place } from '../tree.ts';
import { intervalText, STATUS_SIGNS, valueText } from '../value-words.ts';

/** Keys beside whose names and values the check's own number is what people look for. */
const ABOUT_THE_NUMBER = new Set([...BOUND_KEYS, 'metric', 'logged', 'confidence', 'method', 'check']);
const MOST_PARTS = 12;

/** How a check stands, at its name, its metric and its bounds. */
export function checkHover(document: PolicyDocument, known: Known, { path, range }: Place): readonly string[] {
  const [room, id, key, ...deeper] = path;
  const isHere = room === 'checks' && id !== undefined && deeper.length === 0;
  if (!isHere || (key !== undefined && !ABOUT_THE_NUMBER.has(String(key)))) return [];
  const standing = standingOf(document, known, String(id));
  if (standing === undefined) return [];
  // The editor shows what is underlined above every hover there.
  const isSaid = underlinedPlace(document, String(id), standing)?.offset === range.offset;
  const sentence = sentenceOf(standing, isSaid ? 'is said' : 'is not said');
  return [statusLine(standing, known, String(id), sentence), ...(key === undefined ? partLines(standing.outcome) : [])];
}

function sentenceOf({ outcome, by }: Standing, elsewhere: 'is said' | 'is not said'): string {
  if (by !== 'assessed') return 'The bound was changed since the model was checked.';
  return elsewhere === 'is said' ? '' : plain(outcome.message);
}

function statusLine(standing: Standing, known: Known, id: string, sentence: string): string {
  const { outcome, by } = standing;
  const { sign, word } = STATUS_SIGNS[outcome.status];
  const shown = by === 'bound unknown' ? 'bound not judged yet' : `${sign} ${word}`;
  const numbers = numbersOf(outcome);
  const history = historyText([...(known.facts.history[id] ?? []), outcome.value]);
  const lines = [
    `**${plain(outcome.title)}**: ${shown}`,
    sentence,
    numbers === '' ? '' : `Now ${numbers}`,
    outcome.formula === null ? '' : `Computed as ${code(outcome.formula)}`,
    history === undefined ? '' : `History ${code(history)}`,
  ];
  return lines.filter((line) => line !== '').join('  \n');
}

function numbersOf({ value, interval, rows }: OutcomeFacts): string {
  if (value === null) return '';
  return [
    code(valueText(value)),
    interval === null ? '' : `interval ${code(intervalText(interval))}`,
    rows === null ? '' : countOf(rows, 'row'),
  ]
    .filter((text) => text !== '')
    .join(', ');
}

function partLines({ parts = [] }: OutcomeFacts): readonly string[] {
  if (parts.length === 0) return [];
  const shown = parts.slice(0, MOST_PARTS).map(({ name, status, value, interval }) => {
    const { sign, word } = STATUS_SIGNS[status];
    const numbers = value === null ? '' : ` ${code(valueText(value))}`;
    const between = interval === null ? '' : ` ${code(intervalText(interval))}`;
    return `- ${plain(name)}:${numbers}${between} ${sign} ${word}`;
  });
  const rest = parts.length > MOST_PARTS ? [`- and ${parts.length - MOST_PARTS} more`] : [];
  return [[...shown, ...rest].join('\n')];
}
