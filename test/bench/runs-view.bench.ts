import { deserialize, serialize } from 'node:v8';
import type { RunLine } from '../../src/extension/engine/run-line.ts';
import { NOTHING_YET, type Snapshot } from '../../src/extension/state/snapshot.ts';
import { RUN_ORDERS, type RunsChoice } from '../../src/extension/views/arrange-runs.ts';
import type { CheckedRun } from '../../src/extension/views/run-verdicts.ts';
import { MOST_RUNS_SHOWN } from '../../src/extension/views/runs-model.ts';
import { viewTrees } from '../../src/extension/views/view-trees.ts';
import type { Bench } from './row.ts';

const RUNS = 10_000;
const REPEATS = 20;

/**
 * What the host does in one go for the runs view of 10,000 runs: taking the list over from the engine's thread, and
 * making the view anew for every order and for filters that find many, few and none. The longest of all is the frame
 * that a person would feel.
 */
export const bench: Bench = async () => {
  const runs = Array.from({ length: RUNS }, (_, index) => runLine(index));
  const checked = runs
    .slice(0, 500)
    .map(({ id }): CheckedRun => ({ run: id, policySha256: '', required: 14, holding: 12, at: 0 }));
  const sent = serialize(runs);
  const takeOver = leastTime(() => void deserialize(sent));
  const frames = choices().map((choice) => {
    let limit = 200;
    const surroundings = { now: () => 0, runsLimit: () => limit, rings: () => [], checkedRuns: () => checked };
    const show = (): void => {
      const trees = viewTrees({ ...surroundings, choice: () => ({ statuses: undefined, runs: choice }) });
      // The view compares what it would show with what it shows.
      JSON.stringify(trees.runs(snapshotOf(runs)));
    };
    const first = leastTime(show);
    limit = MOST_RUNS_SHOWN;
    return { first, everything: leastTime(show) };
  });
  return [
    {
      name: 'runs view of 10,000 runs: taking the list over from the engine’s thread',
      ours: takeOver,
      unit: 'ms',
      budget: { atMost: 50 },
    },
    {
      name: 'runs view of 10,000 runs: longest work in the host for any order or filter',
      ours: Math.max(...frames.map(({ first }) => first)),
      unit: 'ms',
      budget: { atMost: 50 },
    },
    {
      name: 'the same with as many shown as the view ever shows (1,000)',
      ours: Math.max(...frames.map(({ everything }) => everything)),
      unit: 'ms',
      budget: { atMost: 50 },
    },
  ];
};

function choices(): readonly RunsChoice[] {
  const words = ['', 'fox', 'fox 17 ana', 'nowhere'];
  return RUN_ORDERS.flatMap((order) => words.map((each) => ({ order, words: each })));
}

function snapshotOf(runs: readonly RunLine[]): Snapshot {
  return { ...NOTHING_YET, policySearch: 'found', runs };
}

function runLine(index: number): RunLine {
  return {
    id: index.toString(16).padStart(32, '0'),
    name: `${index % 3 === 0 ? 'fox' : 'owl'}-${(index * 7919) % RUNS}`,
    experiment: `experiment-${index % 4}`,
    status: index % 50 === 0 ? 'failed' : 'finished',
    user: index % 2 === 0 ? 'ana' : 'ben',
    startTime: 1.7e12 - index * 60_000,
    endTime: 1.7e12 - index * 60_000 + ((index * 31) % 3600) * 1000,
  };
}

/** The least of several times: what the work itself takes, whoever else is at work on the machine. */
function leastTime(work: () => void): number {
  work();
  const times = Array.from({ length: REPEATS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...times);
}
