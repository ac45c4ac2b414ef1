import type { SourceRange } from '../base/result.ts';

/** A person or a waiver can turn some of these into "ok" later; an assessment holds only what its inputs decide. */
export const OUTCOME_STATUSES = [
  'pass',
  'fail',
  'uncertain',
  'not_evaluable',
  'pending',
  'waived',
  'not_applicable',
] as const;
export type OutcomeStatus = (typeof OUTCOME_STATUSES)[number];

export type Severity = 'required' | 'advisory';

/** A file that a value was computed from. `path` is relative to the policy's folder. */
export interface EvidenceFile {
  readonly path: string;
  readonly sha256: string;
}

/** One group, column or requirement of a check that has several. */
export interface OutcomePart {
  readonly name: string;
  readonly status: OutcomeStatus;
  readonly value: number | null;
  readonly interval: readonly [number, number] | null;
  readonly rows: number | null;
}

/** The policy's bound as it stands there, e.g. `{ min: 0.8 }`; null where nothing is numeric. */
export type Bound = Readonly<Record<string, number>> | null;

/** Why a check that did not pass by itself is ok all the same: what people signed about it. */
export interface Settled {
  readonly how: 'accepted' | 'waived' | 'attested';
  readonly by: readonly string[];
  /** The UTC day, `YYYY-MM-DD`, on which it ends, with what was signed. */
  readonly until: string;
}

/** What a check said. The keys stand in this order in every file (contract). */
export interface Outcome {
  readonly id: string;
  readonly check: string;
  readonly title: string;
  readonly severity: Severity;
  readonly status: OutcomeStatus;
  readonly value: number | null;
  readonly bound: Bound;
  readonly interval: readonly [number, number] | null;
  readonly rows: number | null;
  /** Which of the formulas that share a name was used, e.g. `roc_auc/midrank`; null where none was. */
  readonly formula: string | null;
  readonly parts?: readonly OutcomePart[];
  /** One sentence for a person who does not read code. Plain text. */
  readonly message: string;
  readonly evidence: readonly EvidenceFile[];
  /** Where the check stands in the policy; lines and columns count from 1. */
  readonly source: Pick<SourceRange, 'line' | 'column'>;
  /** Laid over by approvals, for people to read: no assessment and no JSON has it. */
  readonly settled?: Settled;
}
