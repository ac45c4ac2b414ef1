import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Parsed, Result } from '../../base/result.ts';
import { succeed } from '../../base/result.ts';
import type { OpenRuns, ReadRunsOptions } from '../../runs/open-runs.ts';
import type { RunSource, RunSummary } from '../../runs/run.ts';
import { openAllowedRuns, type RunsWanted } from './open-allowed-runs.ts';

/** What made somebody look, and so how much of what is known may still hold. */
export type Reading =
  /** Nothing that was kept is trusted: somebody asked, or a credential is another one now. */
  | { readonly kind: 'anew' }
  /** The source may stay open, but everything in it may have changed. */
  | { readonly kind: 'whole' }
  /** Watchers told of these absolute paths since the last look, and of no others. */
  | { readonly kind: 'changes'; readonly paths: readonly string[] };

/** A policy's runs, lent out for one look. */
export interface LentRuns {
  readonly runs: OpenRuns;
  /** Lists the runs, without their metrics, which no view shows for all of them; after a look at which nothing went wrong, only those that changed are read again. */
  list(options: ReadRunsOptions): Promise<Parsed<RunSummary[]>>;
}

interface Kept {
  readonly key: string;
  readonly identity: string;
  readonly runs: OpenRuns;
  /** Whether the source's last listing came to its end, so that it knows all but the changes since. */
  listing: 'complete' | 'none';
}

/** Keeps one policy's runs open between looks, for showing only; whatever is signed or verified opens them afresh. */
export class OpenRunsCache {
  readonly #open: typeof openAllowedRuns;
  #kept: Kept | undefined;
  /** One look at a time: a source is neither closed nor asked again while somebody reads from it. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(open: typeof openAllowedRuns = openAllowedRuns) {
    this.#open = open;
  }

  /** Lends the runs that are wanted to `work`; they may not be used any more once it has come to its end. */
  lend<Value>(wanted: RunsWanted, reading: Reading, work: (lent: LentRuns) => Promise<Value>): Promise<Result<Value>> {
    const turn = this.#queue.then(() => this.#lendNow(wanted, reading, work));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** Closes what is open, once nobody reads from it. */
  close(): Promise<void> {
    const turn = this.#queue.then(() => this.#closeNow());
    this.#queue = turn;
    return turn;
  }

  async #lendNow<Value>(
    wanted: RunsWanted,
    reading: Reading,
    work: (lent: LentRuns) => Promise<Value>,
  ): Promise<Result<Value>> {
    const kept = await this.#openFor(wanted, reading);
    if (!kept.ok) return kept;
    try {
      return succeed(await work(lentRuns(kept.value, reading)));
    } finally {
      if (mayNotStayOpen(kept.value.runs.source)) this.#closeNow();
    }
  }

  async #openFor(wanted: RunsWanted, reading: Reading): Promise<Result<Kept>> {
    const key = JSON.stringify([wanted.policyFile, wanted.trust, wanted.source]);
    const kept = this.#kept;
    if (
      kept !== undefined &&
      reading.kind !== 'anew' &&
      kept.key === key &&
      kept.identity === identityOf(kept.runs.source, wanted.policyFile)
    ) {
      return succeed(kept);
    }
    this.#closeNow();
    const opened = await this.#open(wanted);
    if (!opened.ok) return opened;
    const runs = opened.value;
    this.#kept = { key, identity: identityOf(runs.source, wanted.policyFile), runs, listing: 'none' };
    return succeed(this.#kept);
  }

  #closeNow(): void {
    this.#kept?.runs.close();
    this.#kept = undefined;
  }
}

function lentRuns(kept: Kept, reading: Reading): LentRuns {
  return {
    runs: kept.runs,
    list: async (options) => {
      const knowsChanges = reading.kind === 'changes' && kept.listing === 'complete';
      // A listing that is broken off may have taken notice of some changes and not of others.
      kept.listing = 'none';
      const changed = knowsChanges ? { changed: reading.paths } : {};
      const listed = await kept.runs.list({ ...options, ...changed, metrics: 'none' });
      if (listed.value !== undefined) kept.listing = 'complete';
      return listed;
    },
  };
}

/** Which file or folder the store is, beside its name: another one may have been put in its place. */
function identityOf({ location }: RunSource, policyFile: string): string {
  try {
    const { dev, ino } = statSync(resolve(dirname(policyFile), location), { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    // A server, a pattern of folders, or a store that is gone.
    return 'none';
  }
}

/**
 * A database in write-ahead mode is made whole only by the last who closes it, and Windows lets nobody replace or
 * delete an open one: a reader that stays would be in the way of those whose runs these are.
 */
function mayNotStayOpen({ kind, watched }: RunSource): boolean {
  if (kind !== 'mlflow-sqlite') return false;
  return process.platform === 'win32' || watched.some((path) => path.endsWith('-wal') && existsSync(path));
}

/** Of the engine's thread. */
export const openRunsCache = new OpenRunsCache();
