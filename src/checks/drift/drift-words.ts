import { countOf, formatNumber, listInWords } from '../../base/text.ts';
import type { ColumnDrift } from '../../metrics/drift/column-drift.ts';
import type { DriftCheck } from '../../policy/schema.ts';
import { valueInWords } from '../bounds.ts';
import { type ComparedColumns, hasVanished } from './compared-columns.ts';
import type { DriftDecision } from './decide-drift.ts';

const METHOD_WORDS: Readonly<Record<DriftCheck['method'], string>> = {
  wasserstein: 'the Wasserstein distance',
  wasserstein_normed: 'the Wasserstein distance in standard deviations of the reference',
  ks: 'the Kolmogorov–Smirnov distance',
  psi: 'the population stability index',
  jensen_shannon: 'the Jensen–Shannon distance',
  energy: 'the energy distance',
  chi2: 'chi-square per row',
  cramers_v: 'Cramér’s V',
  total_variation: 'the total variation distance',
  new_categories: 'the share of rows in categories that the reference does not have',
  vanished_categories: 'the share of the reference’s rows in categories that are gone',
  missing_rate_change: 'the change in the share of missing values',
  classifier_two_sample: 'how well a classifier tells both apart (0 guessing, 1 always right)',
  mmd: 'the maximum mean discrepancy',
};

const MOST_NAMED = 5;

/** `the Kolmogorov–Smirnov distance` */
export function methodInWords({ method }: Pick<DriftCheck, 'method'>): string {
  return METHOD_WORDS[method];
}

type Measured = Pick<ColumnDrift, 'value' | 'rows' | 'noise'> & {
  readonly interval: readonly [number, number] | null;
  readonly p: number | undefined;
};

/** `0.31 (between 0.28 and 0.35 at 95 % confidence), where sampling alone would give about 0.02, and at most 0.04 in 95 of 100 draws` */
export function driftInWords({ max, confidence }: DriftCheck, { value, interval, noise, p }: Measured): string {
  const between =
    interval && confidence !== undefined
      ? ` (at most ${valueInWords(interval[1], { max })} at ${formatNumber(confidence * 100)} % confidence)`
      : '';
  const chance = `sampling alone would give about ${formatNumber(noise.typical)}, and at most ${formatNumber(noise.upper)} in 95 of 100 draws`;
  const shown = p === undefined ? '' : ` (p = ${formatNumber(p)}, which does not decide)`;
  return `${valueInWords(value, { max })}${between}; ${chance}${shown}`;
}

/** Why a measured drift can't be judged, to follow what was measured. */
export function whyNot(
  { max, min_rows: minRows }: DriftCheck,
  { value, rows, noise }: Pick<ColumnDrift, 'value' | 'rows' | 'noise'>,
  why: NonNullable<DriftDecision['why']>,
): string {
  if (why === 'few-rows')
    return `has ${countOf(rows, 'row')} with a value in the smaller data set, and the check needs ${formatNumber(minRows ?? 0)}`;
  if (why === 'no-interval')
    return `moved ${valueInWords(value, { max })}, and how sure that is can’t be said from ${countOf(rows, 'row')}`;
  return `can’t be held to at most ${formatNumber(max)} with ${countOf(rows, 'row')}: it moved ${valueInWords(value, { max })}, and sampling alone would give about ${formatNumber(noise.typical)}, and up to ${valueInWords(noise.upper, { max })} in 95 of 100 draws, so that a bound this small can’t tell drift from chance`;
}

/** `“a”, “b” and 3 more` */
export function namesInWords(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).map((name) => `“${name}”`);
  const more = names.length - shown.length;
  return listInWords(more > 0 ? [...shown, `${more} more`] : shown);
}

/** What the check did not compare, and what could be done about it, as sentences of their own; empty when it compared all. */
export function leftOutSentence({ method }: DriftCheck, { columns, leftOut }: ComparedColumns): string {
  const { unfit, onlyIn } = leftOut;
  const clauses = [
    ...(unfit.length > 0 ? [`${namesInWords(unfit)}, which ${method} is not for`] : []),
    ...[...new Set(onlyIn.map(({ dataset }) => dataset))].map((dataset) => {
      const names = onlyIn.filter((column) => column.dataset === dataset).map(({ name }) => name);
      return `${namesInWords(names)}, only in ${dataset}`;
    }),
  ];
  const vanished = columns.filter(hasVanished).map(({ name }) => name);
  const advice =
    vanished.length > 0
      ? ` If ${namesInWords(vanished)} may be missing, name the columns to compare in \`columns\`.`
      : '';
  return `${clauses.length === 0 ? '' : ` Not compared: ${clauses.join('; ')}.`}${advice}`;
}

/** Which rows the distances leave out, as a sentence of its own; empty when they leave out none. */
export function withoutValueSentence(
  { reference, current }: DriftCheck,
  findings: readonly { readonly part: { readonly name: string }; readonly drift: ColumnDrift | undefined }[],
): string {
  const clauses = findings.flatMap(({ part, drift }) => {
    const { missing } = drift ?? {};
    if (missing === undefined) return [];
    const sides = [
      { dataset: reference, rows: missing.reference },
      { dataset: current, rows: missing.current },
    ].flatMap(({ dataset, rows }) => (rows > 0 ? [`${countOf(rows, 'row')} of ${dataset}`] : []));
    return [`“${part.name}” in ${listInWords(sides)}`];
  });
  const more = clauses.length - MOST_NAMED;
  const shown = more > 0 ? [...clauses.slice(0, MOST_NAMED), countOf(more, 'more column')] : clauses;
  return clauses.length === 0 ? '' : ` Without a value, and left out: ${shown.join('; ')}.`;
}
