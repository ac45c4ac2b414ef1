import type { Assessment } from '../checks/assessment.ts';
import type { Outcome } from '../checks/outcome.ts';
import { quote } from './quote.ts';

const RELATIVE_TOLERANCE = 1e-9;

/**
 * Whether two assessments say the same about the same inputs: equal but for the program's version, the words, and
 * numbers within 1e-9 relative, which another machine's arithmetic may give. Then people can sign the one that is there.
 */
export function assessmentsAgree(a: Assessment, b: Assessment): boolean {
  return assessmentDifferences(a, b).length === 0;
}

/** In what they differ, one sentence for each input and each check: what was signed, and what is found now. */
export function assessmentDifferences(signed: Assessment, now: Assessment): string[] {
  const inputs = Object.entries(inputsOf(signed)).flatMap(([what, was]) => {
    const is = inputsOf(now)[what];
    return was === is
      ? []
      : [`The assessment was signed for the ${what} ${inWords(was)}, and it is ${inWords(is)} now.`];
  });
  const ids = [...new Set([...signed.outcomes, ...now.outcomes].map(({ id }) => id))];
  return [...inputs, ...ids.flatMap((id) => outcomeDifference(id, signed.outcomes, now.outcomes))];
}

function inputsOf(assessment: Assessment): Readonly<Record<string, string | null>> {
  return {
    project: assessment.project,
    model: assessment.model,
    run: assessment.run.id,
    policy: assessment.policy.sha256,
    'model files': assessment.model_id,
    baseline: assessment.baseline,
  };
}

function outcomeDifference(id: string, signed: readonly Outcome[], now: readonly Outcome[]): string[] {
  const [was, ...others] = signed.filter((outcome) => outcome.id === id);
  const [is, ...more] = now.filter((outcome) => outcome.id === id);
  if (was === undefined) return [`The check ${quote(id)} was not signed, and is ${describe(is)} now.`];
  if (is === undefined) return [`The check ${quote(id)} was signed as ${describe(was)}, and is not there now.`];
  if (others.length + more.length > 0) return [`The check ${quote(id)} has several outcomes.`];
  const fields = differingFields(was, is);
  if (fields.length === 0) return [];
  const beside = fields.filter((field) => field !== 'status' && field !== 'value');
  const also = beside.length === 0 ? '' : ` (${beside.join(', ')} ${beside.length === 1 ? 'differs' : 'differ'})`;
  return [`The check ${quote(id)} was signed as ${describe(was)}, and is ${describe(is)} now${also}.`];
}

/** Whether two outcomes of one check say the same. */
export function outcomesAgree(a: Outcome, b: Outcome): boolean {
  return differingFields(a, b).length === 0;
}

function differingFields(a: Outcome, b: Outcome): string[] {
  const [one, other] = [essence(a), essence(b)];
  return Object.keys(one).filter((key) => !near(Reflect.get(one, key), Reflect.get(other, key)));
}

function essence({ check, severity, status, value, bound, interval, rows, formula, parts, evidence }: Outcome) {
  return { check, severity, status, value, bound, interval, rows, formula, parts, evidence };
}

function describe(outcome: Outcome | undefined): string {
  if (outcome === undefined) return 'nothing';
  const value = outcome.value === null ? '' : ` with ${outcome.value}`;
  return `${outcome.status.replaceAll('_', ' ')}${value}`;
}

function inWords(value: string | null | undefined): string {
  return value === null || value === undefined ? 'none' : quote(value);
}

/** Deep equality with a tolerance for numbers. Written so that a NaN is near nothing. */
function near(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') {
    return a === b || Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) => Object.hasOwn(b, key) && near((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  );
}
