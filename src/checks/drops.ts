import type { Result } from '../base/result.ts';
import { capitalised, countOf, formatNumber } from '../base/text.ts';
import type { Interval } from '../metrics/resampling/interval.ts';
import type { MetricCheck } from '../policy/schema.ts';
import { decide, valueInWords } from './bounds.ts';
import { type Finding, notEvaluable } from './check-context.ts';
import { intervalInWords, isFinitePair } from './judge-estimate.ts';
import type { Bound } from './outcome.ts';
import { listedParts, marginOf, type PartFinding, partsInWords, worstPart } from './parts.ts';

/** A metric of this model and of another. */
export interface Comparison {
  readonly name: string;
  readonly own: number;
  readonly others: number;
  readonly greaterIsBetter: boolean;
  /** null for logged metrics. */
  readonly rows: number | null;
  /** Of the other model, where it may have others than this one. */
  readonly othersRows?: number | null;
  readonly formula: string;
  readonly paired: 'paired' | 'unpaired' | undefined;
  readonly dropInterval?: Interval | undefined;
  readonly relativeInterval?: Interval | undefined;
}

/** One group's comparison, or the one of all rows, whose name is empty. */
export interface Compared {
  readonly name: string;
  readonly compared: Result<Comparison>;
}

/** `max_drop` and `max_drop_relative` as they stand in the policy; null when neither does. */
export function dropBoundOf({ max_drop: drop, max_drop_relative: relative }: MetricCheck): Bound {
  if (drop === undefined && relative === undefined) return null;
  return {
    ...(drop === undefined ? {} : { max_drop: drop }),
    ...(relative === undefined ? {} : { max_drop_relative: relative }),
  };
}

/** How much worse this model is, in the metric's own direction; negative where it is better. */
export function dropOf({ own, others, greaterIsBetter }: Comparison): number {
  return greaterIsBetter ? others - own : own - others;
}

/** Nothing is approved there yet. It is shown as such. */
export function firstModel(against: string, bound: Bound): Finding {
  return {
    ...notEvaluable(
      `Nothing is approved for ${against} yet: this is the first model, so there is nothing to compare it with.`,
      {
        bound,
      },
    ),
    status: 'not_applicable',
  };
}

/** Judges the drops of all groups, or the one of all rows, by `max_drop` and `max_drop_relative`. */
export function findingOfDrops(
  check: MetricCheck,
  metric: string,
  compared: readonly Compared[],
  title: string,
): Finding {
  const bound = dropBoundOf(check);
  const kinds = Object.keys(bound ?? {}) as DropKind[];
  const judged = compared.flatMap(({ name, compared: found }) =>
    kinds.map((kind) => judgeDrop(check, kind, partName(name, kinds.length > 1 ? kind : undefined), found, title)),
  );
  const worst = worstDrop(judged);
  if (worst === undefined) return notEvaluable('There is nothing to compare.', { bound });
  const formula = compared.find(({ compared: found }) => found.ok)?.compared;
  const { status, value, interval, rows, reason } = worst;
  const required = requiredInWords(check);
  const message =
    judged.length === 1
      ? `${metric}: ${reason} ${required}`
      : `${metric}: ${required} ${partsInWords(judged, worst, 'part')}`;
  return {
    ...{ status, value, bound, interval, rows, formula: worst.formula ?? (formula?.ok ? formula.value.formula : null) },
    ...(judged.length > 1 ? { parts: listedParts(judged) } : {}),
    ...{ message, evidence: [] },
  };
}

type DropKind = 'max_drop' | 'max_drop_relative';

interface JudgedDrop extends PartFinding {
  readonly margin: number;
  readonly formula: string | null;
}

function judgeDrop(
  check: MetricCheck,
  kind: DropKind,
  name: string,
  found: Result<Comparison>,
  title: string,
): JudgedDrop {
  const open = { name, status: 'not_evaluable', value: null, interval: null, rows: null, formula: null } as const;
  if (!found.ok) return { ...open, margin: Number.NEGATIVE_INFINITY, reason: found.problem.message };
  const comparison = found.value;
  const { own, others, rows } = comparison;
  const isRelative = kind === 'max_drop_relative';
  if (isRelative && others === 0) {
    const reason = `${title} has 0, and nothing can be told relative to 0.`;
    return { ...open, rows, margin: Number.NEGATIVE_INFINITY, reason };
  }
  const drop = dropOf(comparison);
  const value = isRelative ? drop / Math.abs(others) : drop;
  if (!Number.isFinite(value)) {
    const reason = `${title} has ${formatNumber(others)}, and a drop from ${formatNumber(own)} comes to no finite number.`;
    return { ...open, rows, margin: Number.NEGATIVE_INFINITY, reason };
  }
  const limit = { max: check[kind] as number };
  const interval = isRelative ? comparison.relativeInterval : comparison.dropInterval;
  const ends = check.confidence === undefined ? null : endsOf(interval);
  const status = decide(value, ends, limit);
  const method = interval ? `, ${interval.method}` : '';
  return {
    ...{ name, status, value, rows, interval: isFinitePair(ends) ? ends : null },
    margin: marginOf(value, limit),
    formula: comparison.formula + method,
    reason: dropSentence(comparison, value, limit, ends, check.confidence, { isRelative, title }),
  };
}

function endsOf(interval: Interval | undefined): readonly [number, number] {
  return interval ? [interval.low, interval.high] : [Number.NaN, Number.NaN];
}

function dropSentence(
  { own, others, rows, othersRows = rows, paired }: Comparison,
  value: number,
  limit: { readonly max: number },
  ends: readonly [number, number] | null,
  confidence: number | undefined,
  { isRelative, title }: { readonly isRelative: boolean; readonly title: string },
): string {
  const size = isRelative ? `${valueInWords(value * 100, { max: limit.max * 100 })} %` : valueInWords(value, limit);
  const drop = value < 0 ? `an improvement (a drop of ${size})` : value === 0 ? 'no drop' : `a drop of ${size}`;
  const against = othersRows === rows || othersRows === null ? '' : ` against ${formatNumber(othersRows)}`;
  const where = rows === null ? 'as the runs logged it' : `on ${countOf(rows, 'row')}${against}`;
  const how = paired === 'unpaired' ? ' (rows are not paired, as the data set has no `key`)' : '';
  const interval = isRelative
    ? intervalInWords(ends && [ends[0] * 100, ends[1] * 100], { max: limit.max * 100 }, confidence, ' %')
    : intervalInWords(ends, limit, confidence);
  return `${formatNumber(own)} against ${formatNumber(others)} of ${title} ${where}, ${drop}${interval}${how}.`;
}

/** Of those of the worst status the one that lies the least within its own bound; ties go to the first by name. */
function worstDrop(judged: readonly JudgedDrop[]): JudgedDrop | undefined {
  const first = worstPart(judged, null);
  if (first === undefined) return undefined;
  const candidates = judged.filter(({ status }) => status === first.status);
  const least = candidates.reduce((margin, each) => Math.min(margin, each.margin), Number.POSITIVE_INFINITY);
  return worstPart(
    candidates.filter(({ margin }) => margin === least),
    null,
  );
}

function partName(group: string, kind: DropKind | undefined): string {
  const words = kind === 'max_drop' ? 'drop' : 'relative drop';
  if (kind === undefined) return group;
  return group === '' ? words : `${group}, ${words}`;
}

function requiredInWords({ max_drop: drop, max_drop_relative: relative, confidence }: MetricCheck): string {
  const limits = [
    ...(drop === undefined ? [] : [{ limit: drop, size: formatNumber(Math.abs(drop)) }]),
    ...(relative === undefined
      ? []
      : [{ limit: relative, size: `${formatNumber(Math.abs(relative) * 100)} % of the other model’s value` }]),
  ];
  const allowed = limits.flatMap(({ limit, size }) => (limit < 0 ? [] : [size]));
  const demanded = limits.flatMap(({ limit, size }) => (limit < 0 ? [size] : []));
  const clauses = [
    ...(allowed.length > 0 ? [`a drop of at most ${allowed.join(' and ')} is allowed`] : []),
    ...(demanded.length > 0 ? [`an improvement of at least ${demanded.join(' and ')} is required`] : []),
  ].join('; ');
  const whole = confidence === undefined ? '' : ', over the whole interval';
  return `${capitalised(clauses)}${whole}.`;
}
