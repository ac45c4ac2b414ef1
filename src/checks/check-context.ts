import type { ReportProgress, Result } from '../base/result.ts';
import type { Check, Policy } from '../policy/schema.ts';
import type { Run } from '../runs/run.ts';
import type { DatasetTables } from './dataset-tables.ts';
import type { Bound, EvidenceFile, OutcomePart, OutcomeStatus } from './outcome.ts';

/** The model that `against` compares with. */
export interface BaselineModel {
  /** What messages call it: `the model approved for production`, `run 4f1c`. */
  readonly title: string;
  /** null where only a run is known. */
  readonly modelId: string | null;
  readonly run: Run;
  /** The policy's data sets, with `run:` paths in that model's run. */
  readonly tables: DatasetTables;
}

/** What every check may look at. A check writes nothing. */
export interface CheckContext {
  readonly policy: Policy;
  /** Absolute. */
  readonly policyFolder: string;
  readonly run: Run;
  readonly tables: DatasetTables;
  /** The model of `against`, an environment or `run:<id>`; undefined when nothing is approved there yet. */
  baseline(against: string): Promise<Result<BaselineModel | undefined>>;
  readonly signal: AbortSignal | undefined;
  readonly reportProgress: ReportProgress | undefined;
}

/** What a check found: the part of an outcome that depends on the kind. */
export interface Finding {
  readonly status: OutcomeStatus;
  readonly value: number | null;
  readonly bound: Bound;
  readonly interval: readonly [number, number] | null;
  readonly rows: number | null;
  readonly formula: string | null;
  readonly parts?: readonly OutcomePart[];
  /** What sampling alone would give, by part; for pictures, and no part of an outcome. */
  readonly noise?: ReadonlyMap<string, number>;
  readonly message: string;
  readonly evidence: readonly EvidenceFile[];
}

export type CheckFunction<Kind extends Check> = (check: Kind, context: CheckContext) => Promise<Finding>;

/** The question has no answer; `message` is the one sentence that says why. */
export function notEvaluable(message: string, known: Partial<Finding> = {}): Finding {
  return {
    value: null,
    bound: null,
    interval: null,
    rows: null,
    formula: null,
    evidence: [],
    ...known,
    status: 'not_evaluable',
    message,
  };
}
