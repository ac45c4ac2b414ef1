import type { Assessment } from '../../checks/assessment.ts';
import type { Outcome } from '../../checks/outcome.ts';
import { holds } from '../../report/status.ts';
import type { EnvironmentApprovals } from '../engine/approvals.ts';
import { t } from '../translation.ts';
import { visible } from '../visible-text.ts';
import type { Tone } from './tree-node.ts';

/** What came of a run's checks when it was checked last. */
export interface CheckedRun {
  readonly run: string;
  /** Of the policy under which it was. */
  readonly policySha256: string;
  readonly required: number;
  readonly holding: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** More runs than these are not remembered: the ones that were checked longest ago are forgotten. */
const MOST_RUNS = 500;

export interface RunVerdict {
  readonly words: string;
  readonly tone: Tone;
}

/** What came of a run, in few numbers. */
export function checkedRun({ run, policy }: Assessment, outcomes: readonly Outcome[], at: number): CheckedRun {
  const required = outcomes.filter(({ severity }) => severity === 'required');
  return {
    ...{ run: run.id, policySha256: policy.sha256, at },
    ...{ required: required.length, holding: required.filter(holds).length },
  };
}

/** Adds a run to what is remembered. What was checked under another policy says nothing any more. */
export function withChecked(earlier: readonly CheckedRun[], newest: CheckedRun): readonly CheckedRun[] {
  const others = earlier.filter((each) => each.run !== newest.run && each.policySha256 === newest.policySha256);
  return [newest, ...others].slice(0, MOST_RUNS);
}

/** The verdict on each run that anything is known of: what people signed comes before what was computed once. */
export function runVerdicts(
  checked: readonly CheckedRun[],
  environments: readonly EnvironmentApprovals[],
): ReadonlyMap<string, RunVerdict> {
  const verdicts = new Map(checked.map((each) => [each.run, checkedVerdict(each)]));
  // The policy's last environment is the one that is meant when nobody names one, so its word comes last and stays.
  for (const { name, history } of environments) {
    for (const { run, state } of history.turns) verdicts.set(run, turnVerdict(state, visible(name)));
    for (const { run, decision, state } of history.objections) {
      if (decision === 'reject' && state === 'blocks') verdicts.set(run, turnVerdict('rejected', visible(name)));
    }
  }
  return verdicts;
}

type TurnState = EnvironmentApprovals['history']['turns'][number]['state'];

function turnVerdict(state: TurnState, environment: string): RunVerdict {
  const verdicts: Readonly<Record<TurnState, RunVerdict>> = {
    'in force': { words: t('in force in {0}', environment), tone: 'good' },
    expired: { words: t('expired in {0}', environment), tone: 'warning' },
    superseded: { words: t('superseded in {0}', environment), tone: 'quiet' },
    revoked: { words: t('revoked in {0}', environment), tone: 'bad' },
    rejected: { words: t('rejected for {0}', environment), tone: 'bad' },
  };
  return verdicts[state];
}

function checkedVerdict({ required, holding }: CheckedRun): RunVerdict {
  return { words: t('{0} of {1} hold', holding, required), tone: holding === required ? 'good' : 'warning' };
}
