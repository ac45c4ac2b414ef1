import type { EvidenceBytes } from '../../evidence/evidence-file.ts';
import { type NumbersFormat, readNumbers } from '../../evidence/numbers/read-numbers.ts';
import {
  pathInWords,
  type StatedNumber,
  type StatedNumbers,
  selectNumbers,
} from '../../evidence/numbers/stated-number.ts';
import { testName } from '../../evidence/reports/tool-report.ts';
import type { ReportCheck } from '../../policy/schema.ts';
import { boundInWords, boundOf, judge, valueInWords } from '../bounds.ts';
import { type Finding, notEvaluable } from '../check-context.ts';
import type { Bound } from '../outcome.ts';
import { listedParts, type PartFinding, partsInWords, worstPart } from '../parts.ts';

/**
 * A number that another tool worked out, within the policy's bounds. It is taken as the file states it, and computed
 * again only where the file has what it takes. Where the names lead to several, as to one of each group, all must hold.
 */
export function judgeNumbers(read: EvidenceBytes, check: ReportCheck & { readonly format: NumbersFormat }): Finding {
  const { path, format } = check;
  const bound = boundOf(check);
  const known = { evidence: [read.file], formula: `report/${format}`, bound };
  if (bound === null) return notEvaluable('The check has no bound: it needs `min`, `max` or `max_abs`.', known);
  const stated = readNumbers(read.bytes, format);
  if (!stated.ok) return notEvaluable(`The report “${path}” ${stated.problem.message}.`, known);
  const names = namesOf(check.value, stated.value);
  if (names === undefined)
    return notEvaluable('The check does not say which number is meant: it needs `value`.', known);
  const selected = selectNumbers(stated.value, names);
  if (!selected.ok) return notEvaluable(`The report “${path}” ${selected.problem.message}.`, known);
  const { tool, manyOf } = stated.value;
  const [first, ...others] = selected.value;
  if (first === undefined) return notEvaluable(`The report “${path}” has no such number.`, known);
  if (others.length === 0 && first.path.length === names.length) {
    const part = partOf(first, bound, first.path);
    const message = `${tool}: ${pathInWords(first.path)} ${part.reason}`;
    return { ...known, status: part.status, value: part.value, interval: null, rows: null, message };
  }
  const parts = selected.value.map((number) => partOf(number, bound, number.path.slice(names.length)));
  const worst = worstPart(parts, bound);
  if (worst === undefined) return notEvaluable(`The report “${path}” has no such number.`, known);
  return {
    ...known,
    status: worst.status,
    value: worst.value,
    interval: null,
    rows: null,
    parts: listedParts(parts),
    message: `${tool}, ${pathInWords(names)}: ${partsInWords(parts, worst, manyOf ?? 'number')}`,
  };
}

/** A file of one number needs no names. */
function namesOf(value: ReportCheck['value'], { numbers }: StatedNumbers): readonly string[] | undefined {
  if (value !== undefined) return (Array.isArray(value) ? value : [value]).map(String);
  return numbers.length === 1 ? numbers[0]?.path : undefined;
}

function partOf({ value, doubt }: StatedNumber, bound: Bound, path: readonly string[]): PartFinding {
  const name = path.map((each) => testName(each, ' ')).join(' / ');
  const whole = { name, interval: null, rows: null };
  if (value === undefined || !Number.isFinite(value)) {
    return { ...whole, status: 'not_evaluable', value: null, reason: 'is not a finite number, and can’t be compared.' };
  }
  const isSaid = `is ${valueInWords(value, bound)}; ${boundInWords(bound)} is required.`;
  if (doubt === undefined) return { ...whole, status: judge(value, bound), value, reason: isSaid };
  return { ...whole, status: 'not_evaluable', value, reason: `can’t be relied on: it ${doubt}.` };
}
