import { BOUND_KEYS } from '../bounds.ts';
import type { Known } from '../known.ts';
import { checkAt, textAt } from '../sketch.ts';
import { valueText } from '../value-words.ts';
import { yamlNumber } from '../yaml-text.ts';
import type { CompletionItem } from './completion-item.ts';
import type { Cursor } from './cursor.ts';

/** For a bound: the value that the run logged, since that is what the bound is about. */
export function boundCompletions({ path, plain }: Cursor, { facts: { run } }: Known): readonly CompletionItem[] {
  const [room, id, key, ...deeper] = path.map(String);
  if (room !== 'checks' || id === undefined || key === undefined || deeper.length > 0) return [];
  if (key === 'confidence') return [number(0.95, 'the usual one', 0), number(0.9, '', 1), number(0.99, '', 2)];
  if (!['min', 'max'].includes(key) || !BOUND_KEYS.includes(key)) return [];
  const logged = textAt(checkAt(plain, id), 'logged');
  const metric = run?.metrics.find(({ name }) => name === logged);
  if (metric === undefined || !Number.isFinite(metric.value)) return [];
  return [number(metric.value, `logged now: ${valueText(metric.value)}`, 0)];
}

function number(value: number, detail: string, rank: number): CompletionItem {
  const text = yamlNumber(value);
  return {
    ...{ label: text, kind: 'value', insert: text, insertAs: 'text', rank },
    ...(detail === '' ? {} : { detail }),
    source: 'beyond the schema',
  };
}
