import { formatNumber, listInWords } from '../../base/text.ts';
import { type CardNumber, isSameNumber } from '../../evidence/model-card.ts';
import type { Run } from '../../runs/run.ts';
import { loggedValue } from '../logged-metric.ts';
import { cannotTell, fails, holds, type Requirement } from '../requirements.ts';

const MOST_NAMED = 3;

type Comparison = { readonly is: 'same' } | { readonly is: 'other' | 'unknown'; readonly said: string };

/**
 * Whether every number that the document states is the one that the run logged under that name (or behind the split's
 * name: `holdout_accuracy`), rounded or in full. One that differs fails; one that the run did not log can't be told.
 */
export function numbersRequirement(numbers: readonly CardNumber[], run: Run): Requirement {
  const name = 'numbers_match';
  const compared = numbers.map((number) => compare(number, run));
  const others = saidOf(compared, 'other');
  if (others.length > 0) return fails(name, `states ${named(others)}`);
  const unknown = saidOf(compared, 'unknown');
  if (unknown.length > 0) return cannotTell(name, `states ${named(unknown)}`);
  return numbers.length > 0 ? holds(name) : cannotTell(name, 'states no number');
}

function compare({ title, names, text, value }: CardNumber, run: Run): Comparison {
  if (value === undefined || !Number.isFinite(value)) {
    return { is: 'unknown', said: `“${title}” as “${text.slice(0, 40)}”, which is not a number` };
  }
  const name = names.find((each) => run.metrics.has(each));
  if (name === undefined) {
    const tried =
      names.length > 0
        ? ` (as ${listInWords(
            names.map((each) => `“${each}”`),
            'or',
          )})`
        : '';
    return { is: 'unknown', said: `“${title}”, which the run did not log${tried}` };
  }
  const logged = loggedValue(run, name, undefined);
  if (!logged.ok) return { is: 'unknown', said: `“${title}”, but ${lowered(logged.problem.message)}` };
  if (isSameNumber(text, value, logged.value.value)) return { is: 'same' };
  const full =
    formatNumber(logged.value.value) === formatNumber(value)
      ? String(logged.value.value)
      : formatNumber(logged.value.value);
  return { is: 'other', said: `“${title}” as ${text}, where the run logged “${name}” as ${full}` };
}

function saidOf(compared: readonly Comparison[], is: 'other' | 'unknown'): string[] {
  return compared.flatMap((each) => (each.is === is ? [each.said] : []));
}

function named(said: readonly string[]): string {
  return listInWords(
    said.length > MOST_NAMED ? [...said.slice(0, MOST_NAMED), `${said.length - MOST_NAMED} more`] : said,
  );
}

function lowered(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}
