import { fail, type Result, succeed } from '../base/result.ts';
import { countOf, listInWords } from '../base/text.ts';
import type { MetricPoint, Run } from '../runs/run.ts';

/** A value that the run logged, and by which rule it was chosen. */
export interface LoggedValue {
  readonly value: number;
  readonly step: number;
  readonly formula: 'logged/latest' | 'logged/step';
}

const MOST_NAMES = 8;

/**
 * The value of a logged metric at the highest step, or at `step`; of several points there, the one with the latest
 * timestamp, then the greatest value. Not finite is a problem: MLflow logs NaN and infinity without complaint.
 */
export function loggedValue(run: Run, name: string, step: number | undefined): Result<LoggedValue> {
  const latest = run.metrics.get(name);
  const history = run.history.get(name) ?? (latest ? [latest] : []);
  if (history.length === 0) return fail('metric-not-logged', notLoggedSentence(run, name));
  const point = step === undefined ? history.at(-1) : history.findLast((each) => each.step === step);
  if (point === undefined)
    return fail('step-not-logged', `The run logged “${name}” at no step ${step}; ${stepsInWords(history)}.`);
  if (!Number.isFinite(point.value)) {
    return fail(
      'metric-not-finite',
      `The run logged ${shown(point.value)} as “${name}” at step ${point.step}, which can’t be compared.`,
    );
  }
  return succeed({
    value: point.value,
    step: point.step,
    formula: step === undefined ? 'logged/latest' : 'logged/step',
  });
}

function notLoggedSentence(run: Run, name: string): string {
  const names = [...run.metrics.keys()];
  if (names.length === 0) return `The run logged no metric “${name}”, nor any other.`;
  const shownNames = names.slice(0, MOST_NAMES).map((each) => `“${each}”`);
  const more = names.length > MOST_NAMES ? [...shownNames, `${names.length - MOST_NAMES} more`] : shownNames;
  return `The run logged no metric “${name}”; it logged ${listInWords(more)}.`;
}

function stepsInWords(history: readonly MetricPoint[]): string {
  const first = history[0]?.step;
  const last = history.at(-1)?.step;
  return first === last
    ? `only at step ${first}`
    : `it has ${countOf(history.length, 'point')}, from step ${first} to ${last}`;
}

function shown(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? 'infinity' : 'minus infinity';
}
