import { countOf, formatNumber, listInWords } from '../base/text.ts';
import type { Bound, OutcomePart, OutcomeStatus } from './outcome.ts';

/** One part of a check, and why it stands as it does. */
export interface PartFinding extends OutcomePart {
  /** One sentence, with a full stop, about this part alone. */
  readonly reason: string;
}

/** From the worst: the status of a check is that of its worst part. */
const WORST_FIRST: readonly OutcomeStatus[] = ['fail', 'not_evaluable', 'uncertain', 'pass'];

/** How far a value lies within its bound; negative outside, -Infinity where it can't be told. */
export function marginOf(value: number | null, bound: Bound): number {
  if (value === null || !Number.isFinite(value)) return Number.NEGATIVE_INFINITY;
  const margins = Object.entries(bound ?? {}).map(([key, limit]) => {
    if (key === 'min') return value - limit;
    return key === 'max_abs' ? limit - Math.abs(value) : limit - value;
  });
  return margins.length === 0 ? Number.NEGATIVE_INFINITY : Math.min(...margins);
}

/**
 * The part that speaks for the check: of those of the worst status, the one with the least margin; ties go to the
 * first by name. undefined when there are no parts.
 */
export function worstPart<Part extends OutcomePart>(parts: readonly Part[], bound: Bound): Part | undefined {
  let worst: Part | undefined;
  for (const part of parts) {
    if (worst === undefined || isWorse(part, worst, bound)) worst = part;
  }
  return worst;
}

/** Parts as the outcome lists them. */
export function listedParts(parts: readonly OutcomePart[]): OutcomePart[] {
  return parts.map(({ name, status, value, interval, rows }) => ({ name, status, value, interval, rows }));
}

/**
 * What is said of all parts at once: how many hold, what the worst one says, and the names of the others that do not.
 *
 * @param noun what a part is called, e.g. `group`
 */
export function partsInWords(parts: readonly PartFinding[], worst: PartFinding, noun: string): string {
  const holding = parts.filter(({ status }) => status === 'pass').length;
  const others = parts.filter((part) => part !== worst && part.status !== 'pass');
  const summary =
    holding === parts.length
      ? `${parts.length === 2 ? `Both ${noun}s` : `All ${countOf(parts.length, noun)}`} hold; the closest to its bound is “${worst.name}”: ${worst.reason}`
      : `${formatNumber(holding)} of ${countOf(parts.length, noun)} hold${holding === 1 ? 's' : ''}; the worst is “${worst.name}”: ${worst.reason}`;
  if (parts.length === 1) return `The only ${noun} is “${worst.name}”: ${worst.reason}`;
  return others.length === 0 ? summary : `${summary} ${othersInWords(others)}`;
}

const MOST_NAMES = 8;

function othersInWords(others: readonly PartFinding[]): string {
  const words: Partial<Record<OutcomeStatus, string>> = {
    fail: 'Also outside',
    not_evaluable: 'Not evaluable',
    uncertain: 'Uncertain',
  };
  return WORST_FIRST.flatMap((status) => {
    const names = others.filter((part) => part.status === status).map(({ name }) => `“${name}”`);
    if (names.length === 0) return [];
    const shown =
      names.length > MOST_NAMES ? [...names.slice(0, MOST_NAMES), `${names.length - MOST_NAMES} more`] : names;
    return [`${words[status] ?? status}: ${listInWords(shown)}.`];
  }).join(' ');
}

function isWorse(a: OutcomePart, b: OutcomePart, bound: Bound): boolean {
  const byStatus = rankOf(a.status) - rankOf(b.status);
  if (byStatus !== 0) return byStatus < 0;
  const ofA = marginOf(a.value, bound);
  const ofB = marginOf(b.value, bound);
  if (ofA !== ofB) return ofA < ofB;
  return Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)) < 0;
}

/** Any other status, which no part should have, is worse than a failure. */
function rankOf(status: OutcomeStatus): number {
  return WORST_FIRST.indexOf(status);
}
