import { capitalised, countOf, formatNumber } from '../../base/text.ts';
import { classifierTwoSample } from '../../metrics/drift/classifier-two-sample.ts';
import { MMD_ROWS, maximumMeanDiscrepancy } from '../../metrics/drift/mmd.ts';
import { type NamedPair, points } from '../../metrics/drift/multivariate-sample.ts';
import type { Units } from '../../metrics/drift/resamples.ts';
import type { DriftCheck } from '../../policy/schema.ts';
import { type Finding, notEvaluable } from '../check-context.ts';
import { fullFormula } from './column-finding.ts';
import type { ComparedColumn } from './compared-columns.ts';
import { decideDrift } from './decide-drift.ts';
import { driftInWords, methodInWords, whyNot } from './drift-words.ts';

const CLASSIFIER_ROWS = 20_000;

/** A method that takes all columns at once: one finding, without parts. */
export function multivariateFinding(
  method: 'classifier_two_sample' | 'mmd',
  check: DriftCheck,
  columns: readonly ComparedColumn[],
  units: Units | undefined,
  signal: AbortSignal | undefined,
): Finding {
  const pairs: NamedPair[] = [];
  for (const { name, pair } of columns) {
    if (!pair.ok) return notEvaluable(pair.problem.message);
    pairs.push({ name, ...pair.value });
  }
  const sample = points(pairs, method === 'mmd' ? MMD_ROWS : CLASSIFIER_ROWS, units);
  const title = `${capitalised(methodInWords(check))} over ${countOf(pairs.length, 'column')} from ${check.reference} to ${check.current}`;
  if (!sample.ok) return notEvaluable(`${title} has no value: ${sample.problem.message}.`);
  const measured =
    method === 'mmd'
      ? maximumMeanDiscrepancy(sample.value, check.confidence, signal)
      : classifierTwoSample(sample.value, check.confidence);
  if (!measured.ok) return notEvaluable(`${title} has no value: it ${measured.problem.message}.`);
  const drift = measured.value;
  const { complete } = sample.value;
  const { status, interval, why } = decideDrift(check, {
    ...drift,
    rows: Math.min(complete.reference, complete.current),
  });
  const { value, rows } = drift;
  const words = why
    ? whyNot(check, drift, why)
    : `is ${driftInWords(check, { ...drift, interval, p: drift.pValue })}; at most ${formatNumber(check.max)} is required`;
  return {
    status,
    value,
    bound: null,
    interval,
    rows,
    formula: fullFormula(drift),
    message: `${title} ${words} (${countOf(rows, 'complete row')} of each compared at least).`,
    evidence: [],
  };
}
