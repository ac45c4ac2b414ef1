import type { Reach } from './reach.ts';
import type { RingResult } from './ring-result.ts';

/** What will be sent, as people read it before it is: without any secret. */
export interface RingPreview {
  /** The system and what is done there, e.g. `GitHub: dispatch deploy.yml of acme/credit`. */
  readonly title: string;
  readonly method: string;
  readonly url: string;
  /** The body as it is sent; what is only known once the server was asked stands in angle brackets. */
  readonly body: string;
  /** What a reader should know besides, in a sentence: a second call, or that nothing waits at the moment. */
  readonly note?: string;
}

/** A run that a pipeline started or resumed, as its system names it. */
export interface StartedRun {
  readonly id: string;
  readonly url?: string;
}

export type RunState = 'waiting' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'unknown';

export interface RunStatus {
  readonly state: RunState;
  readonly url?: string;
}

export type Sent = RingResult & { readonly run?: StartedRun };

/**
 * One target of a policy and one piece of news: what every system can do. Nothing is asked of any server before `look`,
 * `send`, `find` or `status`.
 */
export interface Doorbell {
  /** The only origin that is called, `https://host:port`. */
  readonly origin: string;
  readonly preview: RingPreview;
  /** Where the preview has angle brackets: asks the server, only reading, and fills them in or notes why it can't. */
  readonly look?: (reach: Reach) => Promise<RingPreview>;
  /** @param shown what a person agreed to, as `look` gave it; nothing else is sent then */
  readonly send: (reach: Reach, shown?: RingPreview) => Promise<Sent>;
  /**
   * Looks for the run that a `send` of the same news at `since` started. `absent` only where the system would show it;
   * `no way` where that can't be told.
   */
  readonly find: (reach: Reach, since: Date) => Promise<StartedRun | 'absent' | 'no way'>;
  /** Whether what `find` finds holds the correlation id, so that it is this news' own, whoever told it and when. */
  readonly findsByName?: true;
  /** Whether sending the same twice does no more than sending it once. */
  readonly again: 'harmless' | 'starts another run';
  /** Undefined where the system tells nothing of what it does. */
  readonly status?: (run: StartedRun, reach: Reach) => Promise<RunStatus>;
}

/** States that will not change any more. */
export const ENDED: ReadonlySet<RunState> = new Set(['succeeded', 'failed', 'cancelled']);
