import type { Plain, PlainObject } from '../yaml/to-plain.ts';
import { boundsOf, explanationPart, judge, judgeParts } from './bounds.ts';
import type { OutcomeFacts, OutcomeStatus, PartFacts } from './facts.ts';
import type { Known } from './known.ts';
import type { PolicyDocument } from './policy-document.ts';
import { checkAt, datasetAt, datasetsOfCheck, textAt } from './sketch.ts';

/** What a check says of the model while its policy is being written. */
export interface Standing {
  readonly outcome: OutcomeFacts;
  /**
   * `assessed`: as the engine said. `judged here`: the same number against bounds that were changed since.
   * `bound unknown`: the number holds, but only the engine can say what the changed bound makes of it.
   */
  readonly by: 'assessed' | 'judged here' | 'bound unknown';
}

/** Keys that say something about a check without changing what it finds. */
const WORDS: ReadonlySet<string> = new Set(['title', 'why', 'refs', 'severity']);

/** Bounds that only compare: the number itself is the same, whatever they are. */
const COMPARING: Readonly<Record<string, readonly string[]>> = {
  metric: ['min', 'max', 'max_abs', 'max_drop'],
  gap: ['min', 'max', 'max_abs'],
  stability: ['min', 'max', 'max_abs'],
  fairness: ['min', 'max', 'max_abs'],
  operations: ['min', 'max', 'max_abs'],
  report: ['min', 'max', 'max_abs'],
  agreement: ['tolerance'],
  drift: ['max'],
  explanation: ['additivity', 'max_top_share', 'min_rank_correlation', 'min_fidelity'],
};

/**
 * What is known of a check as the text now asks it. Undefined where the text asks something else than what was
 * assessed: an old answer must not stand beside a new question.
 */
export function standingOf(document: PolicyDocument, known: Known, id: string): Standing | undefined {
  const outcome = known.assessed?.outcomes.get(id);
  const before = known.assessed && checkAt(known.assessed.plain, id);
  const now = checkAt(document.plain, id);
  if (known.assessed === undefined || outcome === undefined || before === undefined || now === undefined) {
    return undefined;
  }
  if (!asksTheSame(document.plain, known.assessed.plain, now, before)) return undefined;
  const severity = now['severity'] === 'advisory' ? 'advisory' : 'required';
  const same = { ...outcome, severity } as const;
  const bounds = boundsOf(now);
  if (areEqual(bounds, boundsOf(before))) {
    return { outcome: same, by: 'assessed' };
  }
  if (bounds.size === 0 || now['check'] === 'drift') return { outcome: same, by: 'bound unknown' };
  return { outcome: judged(same, bounds), by: 'judged here' };
}

function judged(outcome: OutcomeFacts, bounds: ReadonlyMap<string, number>): OutcomeFacts {
  const { parts } = outcome;
  if (parts === undefined || parts.length === 0) {
    return { ...outcome, status: judgeParts([outcome], bounds).deciding?.status ?? outcome.status };
  }
  if (parts.some(({ name }) => [...bounds.keys()].some((key) => explanationPart(key) === name))) {
    return judgedByPart(outcome, parts, bounds);
  }
  const found = judgeParts(parts, bounds);
  const { deciding } = found;
  if (deciding === undefined) return outcome;
  const { status, value, interval, rows } = deciding;
  return { ...outcome, parts: found.parts, status, value, interval, rows };
}

const WORST: readonly OutcomeStatus[] = ['fail', 'not_evaluable', 'uncertain'];

/** In an explanation each bound is about a part of its own. */
function judgedByPart(
  outcome: OutcomeFacts,
  parts: readonly PartFacts[],
  bounds: ReadonlyMap<string, number>,
): OutcomeFacts {
  const renewed = parts.map((part): PartFacts => {
    const own = [...bounds].filter(([key]) => explanationPart(key) === part.name);
    if (part.value === null || own.length === 0 || part.status === 'not_evaluable') return part;
    return { ...part, status: judge(part.value, part.interval, own) };
  });
  const status = WORST.find((each) => renewed.some((part) => part.status === each)) ?? 'pass';
  return { ...outcome, parts: renewed, status };
}

function asksTheSame(plain: PlainObject, plainBefore: PlainObject, now: PlainObject, before: PlainObject): boolean {
  if (!alike(now, before)) return false;
  const same = surroundings(plain, plainBefore);
  return same.run && datasetsOfCheck(now).every((name) => same.datasets.has(name));
}

const likenesses = new WeakMap<PlainObject, WeakMap<PlainObject, boolean>>();

/** Whether two checks by themselves ask the same; compared once, for most checks outlive a keystroke. */
function alike(now: PlainObject, before: PlainObject): boolean {
  const found = likenesses.get(now)?.get(before);
  if (found !== undefined) return found;
  const compared = COMPARING[textAt(now, 'check') ?? ''] ?? [];
  // With `max_share`, drift's number is the share of columns beyond `max`, so `max` changes it.
  const isFree = (key: string): boolean => WORDS.has(key) || (now['max_share'] === undefined && compared.includes(key));
  const same = holdsAllOf(now, before, isFree) && holdsAllOf(before, now, isFree);
  const others = likenesses.get(now) ?? new WeakMap<PlainObject, boolean>();
  likenesses.set(now, others.set(before, same));
  return same;
}

/** Whether what is written in one map stands alike in the other, but for keys that don't count. */
function holdsAllOf(one: PlainObject, other: PlainObject, isFree: (key: string) => boolean): boolean {
  for (const key in one) {
    if (!isFree(key) && !isEqual(one[key], other[key])) return false;
  }
  return true;
}

interface Surroundings {
  /** Whether the task and the source of runs are the same. */
  readonly run: boolean;
  /** The data sets that are the same, or in neither. */
  readonly datasets: { has(name: string): boolean };
}

const comparisons = new WeakMap<PlainObject, WeakMap<PlainObject, Surroundings>>();

/** What every check is asked about, compared once for two texts. */
function surroundings(plain: PlainObject, before: PlainObject): Surroundings {
  const found = comparisons.get(plain)?.get(before);
  if (found !== undefined) return found;
  const datasets = new Map<string, boolean>();
  const has = (name: string): boolean => {
    const same = datasets.get(name) ?? isEqual(datasetAt(plain, name), datasetAt(before, name));
    datasets.set(name, same);
    return same;
  };
  const run = isEqual(plain['task'], before['task']) && isEqual(plain['run'], before['run']);
  const compared = { run, datasets: { has } };
  const others = comparisons.get(plain) ?? new WeakMap<PlainObject, Surroundings>();
  comparisons.set(plain, others.set(before, compared));
  return compared;
}

function areEqual(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): boolean {
  return one.size === other.size && [...one].every(([key, bound]) => other.get(key) === bound);
}

/** Whether two plain values are alike; the order of a map's keys means nothing here. */
export function isEqual(one: Plain | undefined, other: Plain | undefined): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const left = Object.entries(one);
  if (left.length !== Object.keys(other).length) return false;
  return left.every(([key, value]) => Object.hasOwn(other, key) && isEqual(value, (other as PlainObject)[key]));
}
