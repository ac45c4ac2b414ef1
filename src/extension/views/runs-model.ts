import type { RunStatus, RunSummary } from '../../runs/run.ts';
import { COMMANDS } from '../ids.ts';
import { t } from '../translation.ts';
import { visible } from '../visible-text.ts';
import { dayAndTime, timeAgo } from './times.ts';
import type { Tone, TreeNode } from './tree-node.ts';

/** A tree of more lines than this helps nobody; the rest is reached through *Select Run*. */
const MOST_RUNS = 1_000;

interface RunLook {
  readonly icon: string;
  readonly tone: Tone;
}

const LOOKS: Readonly<Record<RunStatus, RunLook>> = {
  finished: { icon: 'circle-outline', tone: 'plain' },
  running: { icon: 'sync', tone: 'warning' },
  scheduled: { icon: 'clock', tone: 'quiet' },
  failed: { icon: 'error', tone: 'bad' },
  killed: { icon: 'stop-circle', tone: 'quiet' },
};

/** The runs as they came, newest first; the one that the checklist is about is marked. */
export function runsTree(runs: readonly RunSummary[], shownRun: string | undefined, now: number): readonly TreeNode[] {
  const nodes = runs.slice(0, MOST_RUNS).map((run) => runNode(run, run.id === shownRun ? 'shown' : 'other', now));
  if (runs.length <= MOST_RUNS) return nodes;
  return [...nodes, moreNode(runs.length - MOST_RUNS)];
}

function runNode(run: RunSummary, place: 'shown' | 'other', now: number): TreeNode {
  const name = visible(run.name === '' ? run.id : run.name);
  const time = run.startTime === undefined ? '' : timeAgo(run.startTime, now);
  // A finished run is the usual case, and a narrow view has no room for what is usual.
  const status = run.status === 'finished' ? '' : runStatusWord(run.status);
  const description = [place === 'shown' ? t('in the checklist') : '', status, time]
    .filter((text) => text !== '')
    .join(' · ');
  return {
    id: `run/${run.id}`,
    label: name,
    description,
    tooltip: runFacts(run).join('\n'),
    spoken: `${name}, ${runStatusWord(run.status)}, ${description}`,
    // The marker differs in shape, not only in colour.
    ...(place === 'shown' ? { icon: 'circle-filled', tone: 'good' as const } : LOOKS[run.status]),
    contextValue: place === 'shown' ? 'run.shown' : 'run',
    command: { id: COMMANDS.selectRun, title: t('Select Run'), arguments: [run.id] },
  };
}

/** What a person recognises a run by. */
function runFacts(run: RunSummary): readonly string[] {
  return [
    t('Run {0}', visible(run.id)),
    t('Experiment {0}', visible(run.experiment)),
    run.startTime === undefined ? '' : t('Started {0}', dayAndTime(run.startTime)),
    run.user === undefined ? '' : t('By {0}', visible(run.user)),
  ].filter((fact) => fact !== '');
}

export function runStatusWord(status: RunStatus): string {
  const words: Readonly<Record<RunStatus, string>> = {
    finished: t('finished'),
    running: t('running'),
    scheduled: t('scheduled'),
    failed: t('failed'),
    killed: t('stopped'),
  };
  return words[status];
}

function moreNode(count: number): TreeNode {
  return {
    id: 'more-runs',
    label: t('{0} older runs', count),
    icon: 'ellipsis',
    tone: 'quiet',
    command: { id: COMMANDS.selectRun, title: t('Select Run'), arguments: [] },
  };
}
