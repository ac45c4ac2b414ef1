import type { PartFinding } from '../parts.ts';

export type PartName = 'additivity' | 'forbidden' | 'top_share' | 'rank' | 'fidelity';

/** A part of an explanation check; `rank` can be not applicable. */
export interface ExplanationPart extends PartFinding {
  readonly name: PartName;
  /** The policy's bound for this part; null where it is not numeric. */
  readonly limit: { readonly key: 'min' | 'max'; readonly value: number } | null;
}

export function partNotEvaluable(name: PartName, reason: string, rows: number | null = null): ExplanationPart {
  return { name, status: 'not_evaluable', value: null, interval: null, rows, reason, limit: null };
}
