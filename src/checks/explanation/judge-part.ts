import { judge } from '../bounds.ts';
import type { ExplanationPart, PartName } from './explanation-part.ts';
import { partNotEvaluable } from './explanation-part.ts';

/** A numeric part, judged by its bound; a value that is not finite has no answer. */
export function judgePart(
  name: PartName,
  measured: { readonly value: number; readonly rows: number | null },
  limit: { readonly key: 'min' | 'max'; readonly value: number },
  say: { readonly reason: string; readonly undefinedReason: string },
): ExplanationPart {
  const { value, rows } = measured;
  const status = judge(value, { [limit.key]: limit.value });
  if (status === 'not_evaluable') return partNotEvaluable(name, say.undefinedReason, rows);
  return { name, status, value, interval: null, rows, reason: say.reason, limit };
}
