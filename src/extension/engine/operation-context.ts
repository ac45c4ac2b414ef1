import type { ReportProgress } from '../../base/result.ts';
import type { Translate } from '../../base/translate.ts';
import type { RunSurroundings } from '../../runs/open-runs.ts';

/** What every operation is handed beside its input. */
export interface OperationContext {
  readonly signal: AbortSignal;
  readonly reportProgress: ReportProgress;
  /** Asks the editor, for as long as the thread lives; so it may be kept longer than the operation takes. */
  readonly surroundings: RunSurroundings;
  /** Takes what went wrong without spoiling the answer: it goes to the log. */
  readonly onFault?: (error: unknown) => void;
  /** Where looks are kept between sessions; they are not where it is absent. */
  readonly lookFolder?: string | undefined;
  /** For what is drawn here, since the thread can't ask the editor for its language; English where it is absent. */
  readonly t?: Translate;
}

/** Whether the workspace is trusted. In one that is not, neither git runs nor the network is used. */
export type Trust = 'trusted' | 'untrusted';
