import { allowedBy, boundsOf, explanationPart, judge, sideOf } from '../bounds.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { OutcomeFacts, PartFacts } from '../facts.ts';
import { checkAt } from '../sketch.ts';
import { standingOf } from '../standing.ts';
import { replacement } from '../text-edits.ts';
import { entryAt, pathAround, rangeOf } from '../tree.ts';
import { yamlNumber } from '../yaml-text.ts';
import type { ActionContext, CodeAction } from './code-action.ts';

const SETTABLE = new Set([
  'min',
  'max',
  'max_abs',
  'max_drop',
  'tolerance',
  'additivity',
  'max_top_share',
  'min_rank_correlation',
  'min_fidelity',
]);

/**
 * Sets a bound to where the model stands now, its interval included, so that a later model must not be worse. It says
 * whether that loosens the check: nobody should do that without knowing.
 */
export function tightenActions(
  { document, known, range }: ActionContext,
  here: readonly Diagnostic[],
): readonly CodeAction[] {
  const [room, id, key] = pathAround(document, range.offset).map(String);
  if (room !== 'checks' || id === undefined) return [];
  const standing = standingOf(document, known, id);
  if (standing === undefined) return [];
  const bounds = boundsOf(checkAt(document.plain, id));
  // At a bound, this one; at the check's name, its only one.
  const chosen = key === undefined ? [...bounds.keys()] : [key];
  const [only, ...others] = chosen;
  const bound = only === undefined ? undefined : bounds.get(only);
  if (only === undefined || others.length > 0 || bound === undefined || !SETTABLE.has(only)) return [];
  const limit = limitOf(only, standing.outcome);
  const value = entryAt(document, ['checks', id, only])?.value;
  if (limit === undefined || value == null || limit === bound) return [];
  const [oldLow, oldHigh] = allowedBy(only, bound);
  const [low, high] = allowedBy(only, limit);
  const loosens = low < oldLow || high > oldHigh;
  const side = sideOf(only) === 'lower' ? 'lower' : 'upper';
  const title = `Set "${only}" to ${yamlNumber(limit)}, the current ${side} limit${loosens ? ' (loosens the check)' : ' (tightens the check)'}`;
  const remark = here.find(({ origin }) => origin === 'outcome');
  return [
    {
      ...{ title, kind: remark === undefined ? 'rewrite' : 'fix', preference: 'offered' },
      edits: [replacement(rangeOf(document, value), yamlNumber(limit))],
      ...(remark === undefined ? {} : { fixes: remark }),
    },
  ];
}

/** The strictest bound with few digits that every part still meets; undefined where a part has no finite number. */
function limitOf(key: string, outcome: OutcomeFacts): number | undefined {
  const named = outcome.parts?.filter(({ name }) => name === explanationPart(key)) ?? [];
  const parts: readonly Omit<PartFacts, 'name'>[] =
    named.length > 0 ? named : outcome.parts !== undefined && outcome.parts.length > 0 ? outcome.parts : [outcome];
  const ends = parts.flatMap(({ value, interval }) => (value === null ? [Number.NaN] : [value, ...(interval ?? [])]));
  if (!ends.every(Number.isFinite)) return undefined;
  const side = sideOf(key);
  const exact = side === 'lower' ? Math.min(...ends) : Math.max(...(side === 'both' ? ends.map(Math.abs) : ends));
  const limit = rounded(exact, side === 'lower' ? 'down' : 'up');
  // Rounding must not have crossed what it stands for.
  const holds = parts.every(
    ({ value, interval }) => value !== null && judge(value, interval, [[key, limit]]) === 'pass',
  );
  return holds ? limit : undefined;
}

/** To three significant digits, at the least as far as asked. */
function rounded(value: number, direction: 'up' | 'down'): number {
  if (value === 0) return 0;
  const decimals = Math.max(0, Math.min(12, 2 - Math.floor(Math.log10(Math.abs(value)))));
  const scale = 10 ** decimals;
  const scaled = value * scale;
  const whole = direction === 'up' ? Math.ceil(scaled - 1e-9) : Math.floor(scaled + 1e-9);
  return Number((whole / scale).toFixed(decimals));
}
