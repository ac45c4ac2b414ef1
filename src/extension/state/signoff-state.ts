import type { Problem } from '../../base/result.ts';
import { CANCELLED, type Engine } from '../engine-client.ts';
import type { Disposable } from '../lifecycle.ts';
import { Listeners } from '../listeners.ts';
import { t } from '../translation.ts';
import { findPolicy } from './find-policy.ts';
import { mainEnvironment, NOTHING_YET, type Snapshot } from './snapshot.ts';

/** Training writes many files at once; one look after the last of them is enough. */
const QUIET_MS = 300;

export type Scope = 'everything' | 'approvals';

/** What the state needs from the editor, as functions, because settings, folders and trust change. */
export interface Surroundings {
  readonly folders: () => readonly string[];
  readonly policySetting: () => string | undefined;
  readonly trust: () => Snapshot['trust'];
  /** Which run a person chose for a policy, kept between sessions. */
  readonly chosenRun: { get(policyFile: string): string | undefined; set(policyFile: string, run: string): void };
}

/**
 * The one place that knows what is true now. Asking again while an answer is on its way drops the older question,
 * so views never show two halves of different moments.
 */
export class SignoffState implements Disposable {
  readonly #engine: Engine;
  readonly #surroundings: Surroundings;
  readonly #listeners = new Listeners<Snapshot>();
  #snapshot: Snapshot = NOTHING_YET;
  #flight: { readonly abort: AbortController; readonly landed: Promise<void> } | undefined;
  #waiting: { timer: NodeJS.Timeout; scope: Scope } | undefined;

  constructor(engine: Engine, surroundings: Surroundings) {
    this.#engine = engine;
    this.#surroundings = surroundings;
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  readonly onDidChange = this.#listeners.add;

  /** Looks again once nothing more has been asked for a moment. */
  schedule(scope: Scope): void {
    if (this.#waiting !== undefined) clearTimeout(this.#waiting.timer);
    const widest = this.#waiting?.scope === 'everything' ? 'everything' : scope;
    const timer = setTimeout(() => {
      this.#waiting = undefined;
      void this.refresh(widest);
    }, QUIET_MS);
    this.#waiting = { timer, scope: widest };
  }

  /** Looks again now. Resolves when the newest look has landed. */
  async refresh(scope: Scope): Promise<void> {
    const interrupted = this.#flight;
    interrupted?.abort.abort();
    const abort = new AbortController();
    // A narrow look that interrupts a wide one would leave the wide one's question unanswered.
    const wide = scope === 'everything' || interrupted !== undefined || this.#snapshot.assessed === undefined;
    const landed = wide ? this.#lookAtEverything(abort.signal) : this.#lookAtApprovals(abort.signal);
    const flight = { abort, landed };
    this.#flight = flight;
    await landed.finally(() => {
      if (this.#flight === flight) this.#flight = undefined;
    });
    await this.#flight?.landed;
  }

  /** Resolves when nothing is under way or waiting, and at least one look was taken. */
  async settled(): Promise<Snapshot> {
    if (this.#snapshot.policySearch === 'unknown' && this.#flight === undefined) await this.refresh('everything');
    while (this.#waiting !== undefined || this.#flight !== undefined) {
      await this.#flight?.landed;
      if (this.#waiting !== undefined) await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    }
    return this.#snapshot;
  }

  async selectRun(run: string): Promise<void> {
    const { policyFile } = this.#snapshot;
    if (policyFile === undefined) return;
    this.#surroundings.chosenRun.set(policyFile, run);
    await this.refresh('everything');
  }

  dispose(): void {
    if (this.#waiting !== undefined) clearTimeout(this.#waiting.timer);
    this.#flight?.abort.abort();
  }

  async #lookAtEverything(signal: AbortSignal): Promise<void> {
    const trust = this.#surroundings.trust();
    const policyFile = await findPolicy(this.#surroundings.folders(), this.#surroundings.policySetting());
    if (signal.aborted) return;
    if (policyFile === undefined) {
      const before = this.#snapshot.policyFile ?? this.#snapshot.lostPolicyFile;
      // A folder that was closed took its policy along; nothing was lost then.
      const isOurs = this.#surroundings.folders().some((folder) => before?.startsWith(folder) === true);
      this.#become({ ...NOTHING_YET, trust, policySearch: 'missing', lostPolicyFile: isOurs ? before : undefined });
      return;
    }
    const samePolicy = policyFile === this.#snapshot.policyFile;
    this.#become({
      ...(samePolicy ? this.#snapshot : NOTHING_YET),
      trust,
      policyFile,
      lostPolicyFile: undefined,
      policySearch: 'found',
      activity: 'checking',
    });
    const run = this.#surroundings.chosenRun.get(policyFile);
    const reply = await this.#engine.call('assess', { policyFile, run }, { signal });
    if (signal.aborted) return;
    if (!reply.ok) {
      this.#stop(reply.problem);
      return;
    }
    const { policy, policyProblems, runs, assessed, obstacle, watched, watchedFolders } = reply.value;
    this.#become({
      ...this.#snapshot,
      policy,
      policyProblems,
      runs,
      assessed,
      obstacle,
      watched,
      watchedFolders,
      // Approvals of another assessment must not stand beside this one while they are read again.
      approvals: sameAssessment(this.#snapshot, assessed) ? this.#snapshot.approvals : undefined,
    });
    await this.#lookAtApprovals(signal);
  }

  async #lookAtApprovals(signal: AbortSignal): Promise<void> {
    const { policyFile, policy, assessed } = this.#snapshot;
    const environment = policy === undefined ? undefined : mainEnvironment(policy);
    if (policyFile === undefined || assessed === undefined || environment === undefined) {
      this.#become({ ...this.#snapshot, activity: 'idle', approvals: undefined, approvalsObstacle: undefined });
      return;
    }
    if (this.#snapshot.trust === 'untrusted') {
      this.#become({ ...this.#snapshot, activity: 'idle', approvals: undefined, approvalsObstacle: untrusted() });
      return;
    }
    const reply = await this.#engine.call('approvals', { policyFile, environment }, { signal });
    if (signal.aborted) return;
    this.#become({
      ...this.#snapshot,
      activity: 'idle',
      approvals: reply.ok ? reply.value : undefined,
      approvalsObstacle: reply.ok ? undefined : reply.problem,
    });
  }

  #stop(problem: Problem): void {
    // Cancelled from outside: what stood before stands on.
    if (problem.code === CANCELLED) this.#become({ ...this.#snapshot, activity: 'idle' });
    else
      this.#become({
        ...this.#snapshot,
        activity: 'idle',
        assessed: undefined,
        approvals: undefined,
        obstacle: problem,
      });
  }

  #become(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
    this.#listeners.tell(snapshot);
  }
}

function sameAssessment(snapshot: Snapshot, assessed: Snapshot['assessed']): boolean {
  return assessed !== undefined && snapshot.assessed?.digest === assessed.digest;
}

export function untrusted(): Problem {
  return {
    code: 'untrusted',
    severity: 'information',
    message: t('This folder is not trusted: checks can be read, but signing, git and the network are off.'),
  };
}
