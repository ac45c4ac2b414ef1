import type { Disposable } from '../lifecycle.ts';
import { Listeners } from '../listeners.ts';
import { type CheckedRun, checkedRun, withChecked } from '../views/run-verdicts.ts';
import type { SignoffState } from './signoff-state.ts';
import { outcomesOf } from './snapshot.ts';

export interface CheckedRunsStore {
  get(): readonly CheckedRun[];
  set(runs: readonly CheckedRun[]): void;
}

export interface CheckedRuns extends Disposable {
  readonly current: readonly CheckedRun[];
  remember(run: CheckedRun): void;
  readonly onDidChange: (listener: () => void) => Disposable;
}

/** Remembers what came of each run that was in the checklist, so that the runs view can say it of more than one. */
export function keepCheckedRuns(state: SignoffState, store: CheckedRunsStore, now: () => number): CheckedRuns {
  let current = store.get();
  let known: { readonly digest: string; readonly holding: number } | undefined;
  const listeners = new Listeners<void>();
  const remember = (run: CheckedRun): void => {
    current = withChecked(current, run);
    store.set(current);
    listeners.tell();
  };
  const listening = state.onDidChange((snapshot) => {
    const { assessed, activity } = snapshot;
    if (assessed === undefined || activity !== 'idle') return;
    const newest = checkedRun(assessed.assessment, outcomesOf(snapshot), now());
    // Only what differs is worth writing down: this runs at every change of anything.
    if (known?.digest === assessed.digest && known.holding === newest.holding) return;
    known = { digest: assessed.digest, holding: newest.holding };
    remember(newest);
  });
  return {
    get current() {
      return current;
    },
    remember,
    onDidChange: listeners.add,
    dispose: () => listening.dispose(),
  };
}

const KEY = 'checkedRuns';

interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): unknown;
}

/** What is stored is taken only where every part is what it should be. */
export function checkedRunsIn(memory: Memory): CheckedRunsStore {
  return {
    get: () => {
      const stored = memory.get(KEY);
      return Array.isArray(stored) && stored.every(isCheckedRun) ? stored : [];
    },
    set: (runs) => void memory.update(KEY, runs),
  };
}

function isCheckedRun(value: unknown): value is CheckedRun {
  if (typeof value !== 'object' || value === null) return false;
  const { run, policySha256, required, holding, at } = value as Partial<Record<keyof CheckedRun, unknown>>;
  return typeof run === 'string' && typeof policySha256 === 'string' && [required, holding, at].every(Number.isFinite);
}
