import type { Problem } from '../../base/result.ts';
import { runsInWords } from '../../report/count-words.ts';
import { dayAndTime } from '../../report/document/times.ts';
import type { RunStatus } from '../../runs/run.ts';
import type { ShownAssessment } from '../engine/assess.ts';
import type { RunLine } from '../engine/run-line.ts';
import { COMMANDS, INTERNAL_COMMANDS } from '../ids.ts';
import type { Snapshot } from '../state/snapshot.ts';
import { t } from '../translation.ts';
import { visible } from '../visible-text.ts';
import { arrangeRuns, EVERY_RUN, type RunsChoice } from './arrange-runs.ts';
import type { RunVerdict } from './run-verdicts.ts';
import { duration, timeAgo } from './times.ts';
import type { Tone, TreeNode } from './tree-node.ts';

/** As many runs as the view begins with, and as many more as *Show more* brings. */
export const RUNS_AT_A_TIME = 200;
/** Whoever looks through more than these is quicker with a filter, and making more at once would hold up the editor. */
export const MOST_RUNS_SHOWN = 1_000;

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

export interface RunsShown {
  /** Newest first. */
  readonly runs: readonly RunLine[];
  readonly problems: readonly Problem[];
  /** What the checklist is about. */
  readonly assessed: ShownAssessment | undefined;
  /** As many runs as the view shows. */
  readonly limit: number;
  /** What is known of each; run id -> verdict. */
  readonly verdicts?: ReadonlyMap<string, RunVerdict>;
  /** Which are wanted, and in what order. */
  readonly choice?: RunsChoice;
  readonly arrange?: typeof arrangeRuns;
}

interface Surroundings {
  readonly assessed: ShownAssessment | undefined;
  readonly verdicts: ReadonlyMap<string, RunVerdict>;
  readonly experiments: 'one' | 'several';
  readonly now: number;
}

const NO_VERDICTS: ReadonlyMap<string, RunVerdict> = new Map();

/** The runs that are wanted; the one that the checklist is about is marked. */
export function runsTree(shown: RunsShown, now: number): readonly TreeNode[] {
  const { runs, problems, assessed, limit, verdicts = NO_VERDICTS } = shown;
  const { choice = EVERY_RUN, arrange = arrangeRuns } = shown;
  const first = runs[0]?.experiment;
  const experiments = runs.some(({ experiment }) => experiment !== first) ? 'several' : 'one';
  const wanted = arrange(runs, choice, verdicts);
  const most = Math.min(limit, MOST_RUNS_SHOWN);
  const nodes = wanted.slice(0, most).map((run) => runNode(run, { assessed, verdicts, experiments, now }));
  const more = wanted.length > most ? [moreNode(wanted.length - most, choice, most)] : [];
  const hidden = runs.length - wanted.length;
  return [...problemNodes(problems), ...nodes, ...more, ...(hidden === 0 ? [] : [hiddenNode(hidden, choice)])];
}

function runNode(run: RunLine, { assessed, verdicts, experiments, now }: Surroundings): TreeNode {
  const place = run.id === assessed?.assessment.run.id ? 'shown' : 'other';
  const name = visible(run.name === '' ? run.id : run.name);
  const time = run.startTime === undefined ? '' : timeAgo(run.startTime, now);
  // A finished run is the usual case, and a narrow view has no room for what is usual.
  const status = run.status === 'finished' ? '' : runStatusWord(run.status);
  const experiment = experiments === 'several' ? visible(run.experiment) : '';
  const verdict = verdicts.get(run.id);
  const description = [verdict?.words ?? '', place === 'shown' ? t('in the checklist') : '', status, experiment, time]
    .filter((text) => text !== '')
    .join(' · ');
  return {
    id: `run/${run.id}`,
    label: name,
    description,
    tooltip: [...runFacts(run), ...(place === 'shown' ? registeredFacts(assessed) : [])].join('\n'),
    ...(status === '' ? { spokenToo: runStatusWord(run.status) } : {}),
    // The marker differs in shape, not only in colour.
    ...(place === 'shown' ? { icon: 'circle-filled' } : { icon: LOOKS[run.status].icon }),
    tone: run.status === 'finished' && verdict !== undefined ? verdict.tone : LOOKS[run.status].tone,
    contextValue: place === 'shown' ? 'run.shown' : 'run',
    command: { id: COMMANDS.selectRun, title: t('Select Run'), arguments: [run.id] },
  };
}

/** What a person recognises a run by. */
function runFacts(run: RunLine): readonly string[] {
  return [
    t('Run {0}', visible(run.id)),
    t('Experiment {0}', visible(run.experiment)),
    run.startTime === undefined ? '' : t('Started {0}', dayAndTime(run.startTime)),
    run.endTime === undefined || run.startTime === undefined
      ? ''
      : t('Took {0}', duration(run.endTime - run.startTime)),
    run.user === undefined ? '' : t('By {0}', visible(run.user)),
  ].filter((fact) => fact !== '');
}

/** The names under which others know the run's model. */
function registeredFacts(assessed: ShownAssessment | undefined): readonly string[] {
  return (assessed?.registered ?? []).map(({ name, version, aliases }) => {
    const words = t('Registered as {0} v{1}', visible(name), visible(version));
    return aliases.length === 0 ? words : `${words} (${aliases.map(visible).join(', ')})`;
  });
}

/** Runs that are left out, or not whole, are said: a list that looks complete and is not would mislead. */
function problemNodes(problems: readonly Problem[]): readonly TreeNode[] {
  const [first] = problems;
  if (first === undefined) return [];
  const messages = problems.map(({ message }) => visible(message));
  const label = problems.length === 1 ? visible(first.message) : t('{0} runs can’t be read', problems.length);
  return [
    {
      id: 'run-problems',
      label,
      tooltip: messages.join('\n'),
      icon: 'warning',
      tone: 'warning',
      contextValue: 'problem',
    },
  ];
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

function moreNode(count: number, { words, order }: RunsChoice, shown: number): TreeNode {
  const next =
    shown < MOST_RUNS_SHOWN
      ? { label: t('Show more'), command: INTERNAL_COMMANDS.showMoreRuns }
      : { label: t('Filter to find more'), command: COMMANDS.filterRuns };
  const { label } = next;
  const areOlder = words === '' && order === 'newest';
  const description = areOlder
    ? count === 1
      ? t('1 older run')
      : t('{0} older runs', grouped(count))
    : t('{0} more', grouped(count));
  return {
    id: 'more-runs',
    label,
    description,
    icon: 'ellipsis',
    tone: 'quiet',
    command: { id: next.command, title: label, arguments: [] },
  };
}

/** What a filter hides is said, with the way back. */
function hiddenNode(count: number, { words }: RunsChoice): TreeNode {
  const label = count === 1 ? t('1 run is hidden') : t('{0} runs are hidden', grouped(count));
  return {
    id: 'hidden-runs',
    label,
    description: t('by the filter “{0}”', visible(words)),
    icon: 'filter-filled',
    tone: 'quiet',
    contextValue: 'hidden',
    command: { id: COMMANDS.filterRuns, title: t('Filter'), arguments: [''] },
  };
}

/** `mlruns · 10,000 runs`; undefined where no runs could be opened. */
export function runsDescription({ source, runs }: Pick<Snapshot, 'source' | 'runs'>): string | undefined {
  if (source === undefined) return undefined;
  const count = runsInWords(runs.length, t);
  return `${visible(source.location)} · ${count}`;
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}
