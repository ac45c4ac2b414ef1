import type { Problem, ReportProgress } from '../../base/result.ts';
import { CANCELLED, type Engine } from '../engine-client.ts';
import type { Disposable } from '../lifecycle.ts';
import { Listeners } from '../listeners.ts';
import { t } from '../translation.ts';
import { Coalescer } from './coalescer.ts';
import { findPolicies, findPolicy, stillThere } from './find-policy.ts';
import { type Look, lookFor, readingOf, type Scope, widestLook } from './look.ts';
import { mainEnvironment, NOTHING_YET, type Snapshot } from './snapshot.ts';

/** One look after the last of many changes is enough … */
const QUIET_MS = 300;
/** … but a training that writes for hours is not waited for. */
const MOST_WAIT_MS = 2_000;

export type ProgressStep = Parameters<ReportProgress>[0];

/** What the state needs from the editor, as functions, because settings, folders and trust change. */
export interface Surroundings {
  readonly folders: () => readonly string[];
  readonly policySetting: () => string | undefined;
  readonly trust: () => Snapshot['trust'];
  /** Which policy a person chose where there are several, kept between sessions. */
  readonly chosenPolicy: { get(): string | undefined; set(policyFile: string): void };
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
  readonly #progress = new Listeners<ProgressStep>();
  #snapshot: Snapshot = NOTHING_YET;
  #flight: { readonly look: Look; readonly abort: AbortController; readonly landed: Promise<void> } | undefined;
  /** What a look that was stopped did not get to. */
  #owed: Look | undefined;
  readonly #changes = new Coalescer<Look>({
    quietMs: QUIET_MS,
    mostMs: MOST_WAIT_MS,
    merge: widestLook,
    act: (look) => void this.#lookWhenDue(look),
  });
  /** Whether commits may have been made since the assessment that is shown. */
  #git: 'same' | 'may have changed' = 'same';
  /** Looks that wait for the one under way. */
  #queued: Look | undefined;

  constructor(engine: Engine, surroundings: Surroundings) {
    this.#engine = engine;
    this.#surroundings = surroundings;
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  readonly onDidChange = this.#listeners.add;
  /** What long work is about at the moment, in words. */
  readonly onDidProgress = this.#progress.add;

  /** Looks again soon, once for many changes in a row. `changed` are absolute paths, where it is known which. */
  schedule(scope: Scope, changed: readonly string[] = []): void {
    this.#changes.ask(lookFor(scope, changed));
  }

  /** Looks again now. Resolves when the newest look has landed. */
  async refresh(scope: Scope): Promise<void> {
    await this.#look(widestLook(lookFor(scope), this.#changes.take()));
  }

  /** Stops the look under way; what stood before stands on. */
  stop(): void {
    const flight = this.#flight;
    if (flight === undefined) return;
    this.#owed = widestLook(flight.look, this.#owed);
    this.#flight = undefined;
    flight.abort.abort();
    this.#become({ ...this.#snapshot, activity: 'idle' });
  }

  /** Resolves when nothing is under way or waiting, and at least one look was taken. */
  async settled(): Promise<Snapshot> {
    if (this.#snapshot.policySearch === 'unknown' && this.#flight === undefined) await this.refresh('everything');
    while (this.#changes.isWaiting || this.#queued !== undefined || this.#flight !== undefined) {
      await this.#flight?.landed;
      if (this.#changes.isWaiting) await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    }
    return this.#snapshot;
  }

  /** What only the store or git told of waits for a look under way, so that constant change never keeps all from landing. */
  async #lookWhenDue(look: Look): Promise<void> {
    const mayInterrupt = look.scope === 'anew' || look.scope === 'everything';
    if (mayInterrupt || this.#flight === undefined) return this.#look(look);
    const isFirst = this.#queued === undefined;
    this.#queued = widestLook(look, this.#queued);
    if (!isFirst) return;
    // What went wrong with that look is its caller's to say.
    while (this.#flight !== undefined) await this.#flight.landed.catch(() => undefined);
    const queued = this.#queued;
    this.#queued = undefined;
    if (queued !== undefined) await this.#look(queued);
  }

  async #look(asked: Look): Promise<void> {
    const interrupted = this.#flight;
    interrupted?.abort.abort();
    // A narrow look that interrupts a wide one would leave the wide one's question unanswered.
    const look = widestLook(widestLook(asked, interrupted?.look), this.#owed);
    this.#owed = undefined;
    const abort = new AbortController();
    if (look.approvals === 'read again') this.#git = 'may have changed';
    const onlyApprovals = look.scope === 'approvals' && this.#snapshot.assessed !== undefined;
    const landed = onlyApprovals ? this.#lookAtApprovals(abort.signal) : this.#lookAtEverything(look, abort.signal);
    const flight = { look, abort, landed };
    this.#flight = flight;
    await landed.finally(() => {
      if (this.#flight === flight) this.#flight = undefined;
    });
    await this.#flight?.landed;
  }

  /** The policies of the workspace; the views are about one of them. */
  policies(): Promise<readonly string[]> {
    return findPolicies(this.#surroundings.folders(), this.#surroundings.policySetting());
  }

  async selectPolicy(policyFile: string): Promise<void> {
    this.#surroundings.chosenPolicy.set(policyFile);
    await this.refresh('everything');
  }

  async selectRun(run: string): Promise<void> {
    const { policyFile } = this.#snapshot;
    if (policyFile === undefined) return;
    this.#surroundings.chosenRun.set(policyFile, run);
    await this.refresh('everything');
  }

  dispose(): void {
    this.#changes.dispose();
    this.#flight?.abort.abort();
  }

  async #lookAtEverything(look: Look, signal: AbortSignal): Promise<void> {
    const trust = this.#surroundings.trust();
    const { folders, policySetting, chosenPolicy } = this.#surroundings;
    const chosen = await stillThere(folders(), chosenPolicy.get());
    const policyFile = chosen ?? (await findPolicy(folders(), policySetting()));
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
      activity: look.scope === 'changes' ? 'looking' : 'checking',
    });
    const run = this.#surroundings.chosenRun.get(policyFile);
    const shown = this.#snapshot.assessed;
    const git = this.#git;
    const question = { policyFile, run, trust, reading: readingOf(look), git, shown: shown?.digest };
    const reply = await this.#engine.call('assess', question, {
      signal,
      reportProgress: (step) => this.#tellProgress(step, signal),
    });
    if (signal.aborted) return;
    if (!reply.ok) {
      this.#stop(reply.problem);
      return;
    }
    const { assessed, ...known } = reply.value;
    const isAsShown = assessed === 'as shown';
    if (!isAsShown) this.#git = 'same';
    const now = isAsShown ? shown : assessed;
    const { approvals, approvalsObstacle } = this.#snapshot;
    this.#become({
      ...this.#snapshot,
      ...known,
      assessed: now,
      // Approvals of another assessment must not stand beside this one while they are read again.
      approvals: sameAssessment(this.#snapshot, now) ? approvals : undefined,
    });
    const knowsApprovals = approvals !== undefined || approvalsObstacle !== undefined;
    if (isAsShown && knowsApprovals && look.approvals === 'kept if possible') {
      this.#become({ ...this.#snapshot, activity: 'idle' });
      return;
    }
    await this.#lookAtApprovals(signal);
  }

  #tellProgress(step: ProgressStep, signal: AbortSignal): void {
    if (signal.aborted) return;
    // The engine has something to say about a look only where it evaluates, or where reading takes long.
    if (this.#snapshot.activity === 'looking') this.#become({ ...this.#snapshot, activity: 'checking' });
    this.#progress.tell(step);
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
