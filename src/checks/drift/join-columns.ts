import { capitalised, countOf, formatNumber } from '../../base/text.ts';
import type { DriftCheck } from '../../policy/schema.ts';
import { valueInWords } from '../bounds.ts';
import type { Finding } from '../check-context.ts';
import { type ColumnFinding, fullFormula } from './column-finding.ts';
import { driftInWords, methodInWords, namesInWords } from './drift-words.ts';

/** From the worst to the best. */
const ORDER = ['fail', 'not_evaluable', 'uncertain', 'pass'] as const;
const MOST_REASONS = 3;

/** Every column must be within `max`: the finding is that of the worst one. */
export function everyColumn(check: DriftCheck, findings: readonly ColumnFinding[]): Finding {
  const status = ORDER.find((each) => findings.some(({ part }) => part.status === each)) ?? 'not_evaluable';
  const worst = farthest(findings.filter(({ part }) => part.status === status));
  const required = `at most ${formatNumber(check.max)} is required`;
  const from = `from ${check.reference} to ${check.current}`;
  const concerned = findings.filter(({ part }) => part.status === status).map(({ part }) => part.name);
  return {
    ...findingOf(findings, worst),
    status,
    message: message(),
  };

  function message(): string {
    if (status === 'not_evaluable') return notEvaluableSentence(findings);
    const measured = worst ? shown(check, worst) : '';
    const name = `“${worst?.part.name}”`;
    if (findings.length === 1)
      return `${capitalised(methodInWords(check))} of ${name} ${from} is ${measured}; ${required}.`;
    const by = `by ${methodInWords(check)}`;
    switch (status) {
      case 'pass':
        return `All ${findings.length} columns are within ${formatNumber(check.max)} ${from} ${by}; the farthest is ${name} with ${measured}.`;
      case 'uncertain':
        return `${capitalised(namesInWords(concerned))} moved within ${formatNumber(check.max)} ${from} ${by}, but not with the confidence demanded; the farthest is ${name} with ${measured}.`;
      default:
        return `${countOf(concerned.length, 'column')} of ${findings.length} moved too far ${from} ${by}: ${namesInWords(concerned)}; the farthest is ${name} with ${measured}; ${required}.`;
    }
  }
}

/**
 * The share of columns that are not within `max`, those that can't be judged among them. It passes when even so the
 * share is small enough, and fails when those that surely moved are too many already.
 */
export function shareOfColumns(check: DriftCheck, maxShare: number, findings: readonly ColumnFinding[]): Finding {
  const failed = findings.filter(({ part }) => part.status === 'fail');
  const unsure = findings.filter(({ part }) => part.status === 'not_evaluable' || part.status === 'uncertain');
  const share = (failed.length + unsure.length) / findings.length;
  const evaluated = findings.length > findings.filter(({ part }) => part.status === 'not_evaluable').length;
  const status = statusOf();
  const worst = farthest(failed) ?? farthest(unsure) ?? farthest(findings);
  const names = [...failed, ...unsure].map(({ part }) => part.name);
  const which = names.length === 0 ? '' : `: ${namesInWords(names)}`;
  const reasons = notEvaluableSentence(unsure);
  const examples = reasons === '' ? '' : ` ${reasons}`;
  const measured = worst?.drift ? `; the farthest is “${worst.part.name}” with ${shown(check, worst)}` : '';
  return {
    ...findingOf(findings, worst),
    status,
    value: share,
    interval: null,
    formula: worst?.drift ? `share-of-columns/${fullFormula(worst.drift)}` : null,
    message: `${countOf(names.length, 'column')} of ${findings.length} (${valueInWords(share * 100, { max: maxShare * 100 })} %) ${names.length === 1 ? 'is' : 'are'} not within ${formatNumber(check.max)} from ${check.reference} to ${check.current} by ${methodInWords(check)}${which}${measured}; at most ${formatNumber(maxShare * 100)} % is required.${examples}`,
  };

  function statusOf(): 'pass' | 'fail' | 'uncertain' | 'not_evaluable' {
    if (!evaluated) return 'not_evaluable';
    if (share <= maxShare) return 'pass';
    if (failed.length / findings.length > maxShare) return 'fail';
    return unsure.some(({ part }) => part.status === 'not_evaluable') ? 'not_evaluable' : 'uncertain';
  }
}

function findingOf(
  findings: readonly ColumnFinding[],
  worst: ColumnFinding | undefined,
): Omit<Finding, 'status' | 'message'> {
  return {
    value: worst?.part.value ?? null,
    bound: null,
    interval: worst?.part.interval ?? null,
    rows: worst?.part.rows ?? null,
    formula: worst?.drift ? fullFormula(worst.drift) : null,
    parts: findings.map(({ part }) => part),
    noise: new Map(findings.flatMap(({ part, drift }) => (drift ? [[part.name, drift.noise.upper] as const] : []))),
    evidence: [],
  };
}

/** The column with the least margin, which is the largest value; of equal ones the first by name; one without a value last. */
function farthest(findings: readonly ColumnFinding[]): ColumnFinding | undefined {
  const key = ({ part }: ColumnFinding) => part.value ?? Number.NEGATIVE_INFINITY;
  return findings.toSorted(
    (a, b) => (key(b) > key(a) ? 1 : key(b) < key(a) ? -1 : 0) || (a.part.name < b.part.name ? -1 : 1),
  )[0];
}

function shown(check: DriftCheck, { part, drift }: ColumnFinding): string {
  return drift ? driftInWords(check, { ...drift, interval: part.interval, p: drift.pValue?.() }) : '';
}

function notEvaluableSentence(findings: readonly ColumnFinding[]): string {
  const reasons = findings.flatMap(({ why }) => (why === undefined ? [] : [why]));
  const more = reasons.length - MOST_REASONS;
  const listed = reasons.slice(0, MOST_REASONS).map((reason) => reason.replace(/\.$/, ''));
  if (listed.length === 0) return '';
  const rest = more > 0 ? `; and ${countOf(more, 'more column')} can’t be judged either` : '';
  return `${capitalised(listed.join('; '))}${rest}.`;
}
