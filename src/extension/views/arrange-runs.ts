import type { RunLine } from '../engine/run-line.ts';
import type { RunVerdict } from './run-verdicts.ts';

export const RUN_ORDERS = ['newest', 'oldest', 'name', 'longest', 'verdict'] as const;
export type RunOrder = (typeof RUN_ORDERS)[number];

/** What a person chose to see of the runs. */
export interface RunsChoice {
  /** Words that must all be found in a run's name, experiment, user, status, verdict or id; empty for every run. */
  readonly words: string;
  readonly order: RunOrder;
}

export const EVERY_RUN: RunsChoice = { words: '', order: 'newest' };

type Verdicts = ReadonlyMap<string, RunVerdict>;

/** The runs that were asked for, in the order that was asked for. `runs` are newest first, as sources list them. */
export function arrangeRuns(
  runs: readonly RunLine[],
  { words, order }: RunsChoice,
  verdicts: Verdicts,
): readonly RunLine[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const found = wanted.length === 0 ? runs : runs.filter((run) => mentions(run, wanted, verdicts));
  switch (order) {
    case 'newest':
      return found;
    case 'oldest':
      return found.toReversed();
    case 'name':
      return byName(found);
    case 'longest':
      return found.toSorted((one, other) => duration(other) - duration(one));
    case 'verdict':
      return found.toSorted((one, other) => rank(one, verdicts) - rank(other, verdicts));
  }
}

function mentions(run: RunLine, wanted: readonly string[], verdicts: Verdicts): boolean {
  const { id, name, experiment, user, status } = run;
  const text =
    `${name}\n${experiment}\n${user ?? ''}\n${status}\n${verdicts.get(id)?.words ?? ''}\n${id}`.toLowerCase();
  return wanted.every((word) => text.includes(word));
}

/** Longer numbers than these stand by their first digits. */
const DIGITS = 15;

/** Numbers within names in their own order, so that `run-9` stands before `run-10`. Ten thousand names take a collator too long. */
function byName(runs: readonly RunLine[]): readonly RunLine[] {
  const keyed = runs.map((run) => ({
    run,
    key: run.name.toLowerCase().replaceAll(/\d+/g, (digits) => digits.padStart(DIGITS, '0')),
  }));
  keyed.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
  return keyed.map(({ run }) => run);
}

/** Runs that are still going, or never said when they began, come last. */
function duration({ startTime, endTime }: RunLine): number {
  return startTime === undefined || endTime === undefined ? -1 : endTime - startTime;
}

/** Approved before hopeful, before hopeless, before what nobody looked at. Equals stay newest first. */
function rank({ id }: RunLine, verdicts: Verdicts): number {
  const tone = verdicts.get(id)?.tone;
  return tone === undefined ? 5 : ['good', 'warning', 'plain', 'quiet', 'bad'].indexOf(tone);
}

/** Arranges again only where something differs: the views are made anew at every change, and there may be 10,000 runs. */
export function runsArranger(): typeof arrangeRuns {
  let asked: Parameters<typeof arrangeRuns> | undefined;
  let answer: readonly RunLine[] = [];
  return (...question) => {
    if (asked !== undefined && question.every((part, index) => part === asked?.[index])) return answer;
    asked = question;
    answer = arrangeRuns(...question);
    return answer;
  };
}
