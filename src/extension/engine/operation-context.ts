import type { ReportProgress } from '../../base/result.ts';

/** What every operation is handed beside its input. */
export interface OperationContext {
  readonly signal: AbortSignal;
  readonly reportProgress: ReportProgress;
}
