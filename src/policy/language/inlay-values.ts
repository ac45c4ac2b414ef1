import { countOf } from '../../base/text.ts';
import { boundsOf, explanationPart, judge } from './bounds.ts';
import type { OutcomeFacts, PartFacts } from './facts.ts';
import type { Known } from './known.ts';
import type { PolicyDocument, TextRange } from './policy-document.ts';
import { checkAt } from './sketch.ts';
import { type Standing, standingOf } from './standing.ts';
import { childrenAt, entriesOf, rangeOf } from './tree.ts';
import { intervalText, STATUS_SIGNS, valueText } from './value-words.ts';

/** What is true now, to be drawn after a bound. */
export interface InlayValue {
  /** Where the bound ends. */
  readonly offset: number;
  /** `⟵ 0.847 [0.83, 0.86] ✓` */
  readonly label: string;
  /** The check that it is of. */
  readonly check: string;
  /** The same in words, for whoever points at it. Plain text. */
  readonly tooltip: string;
}

/** The actual value beside each bound of the text that its number is known for; within `range`, where one is given. */
export function inlayValues(document: PolicyDocument, known: Known, range?: TextRange): readonly InlayValue[] {
  if (known.assessed === undefined) return [];
  return [...childrenAt(document, ['checks'])].flatMap(([id, entry]) => {
    const standing = standingOf(document, known, id);
    if (standing === undefined) return [];
    const bounds = boundsOf(checkAt(document.plain, id));
    return entriesOf(entry.value, entry.path).flatMap(({ path: [, , key], value }) => {
      const bound = bounds.get(String(key));
      if (bound === undefined || value === null) return [];
      const { offset, length } = rangeOf(document, value);
      const end = offset + length;
      if (range !== undefined && (end < range.offset || end > range.offset + range.length)) return [];
      const label = labelOf([String(key), bound], standing);
      return label === undefined ? [] : [{ offset: end, label, check: id, tooltip: tooltipOf(standing) }];
    });
  });
}

function labelOf(bound: readonly [string, number], { outcome, by }: Standing): string | undefined {
  const part = partFor(bound[0], outcome);
  const { value, interval, status } = part;
  if (value === null) return `⟵ ${STATUS_SIGNS[status].word}`;
  const numbers = [valueText(value, bound[1]), interval === null ? '' : intervalText(interval, bound[1])];
  const sign = by === 'bound unknown' ? '' : signOf(bound, part, outcome);
  return ['⟵', ...numbers, sign].filter((text) => text !== '').join(' ');
}

/** A check with several bounds shows at each whether that one is met. What was waived or can't be evaluated stays so at all. */
function signOf(bound: readonly [string, number], part: Omit<PartFacts, 'name'>, outcome: OutcomeFacts): string {
  const { value, interval, status } = part;
  const isPlain = ['min', 'max', 'max_abs'].includes(bound[0]) && outcome.bound !== null;
  const several = Object.keys(outcome.bound ?? {}).length > 1;
  if (value === null || !isPlain || !several || (status !== 'fail' && status !== 'uncertain')) {
    return STATUS_SIGNS[status].sign;
  }
  return STATUS_SIGNS[judge(value, interval, [bound])].sign;
}

function partFor(key: string, outcome: OutcomeFacts): Omit<PartFacts, 'name'> {
  return outcome.parts?.find(({ name }) => name === explanationPart(key)) ?? outcome;
}

function tooltipOf({ outcome, by }: Standing): string {
  const { rows, status } = outcome;
  const facts = [`${outcome.title}: ${STATUS_SIGNS[status].word}`];
  if (by === 'assessed') facts.push(outcome.message);
  if (by === 'judged here') facts.push('The bound was changed since the model was checked; the number still holds.');
  if (by === 'bound unknown') facts.push('The bound was changed since the model was checked; save to have it judged.');
  if (rows !== null) facts.push(countOf(rows, 'row'));
  if (outcome.formula !== null) facts.push(outcome.formula);
  return facts.join('\n');
}
