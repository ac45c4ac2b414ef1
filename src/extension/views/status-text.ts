import { countWords, holds } from '../../report/status.ts';
import type { Snapshot } from '../state/snapshot.ts';
import { mainEnvironment, outcomesOf } from '../state/snapshot.ts';
import { t } from '../translation.ts';
import { visible, visibleBesideIcons } from '../visible-text.ts';
import { isStale } from './stale-words.ts';
import { worstStatus } from './status-look.ts';

export interface StatusText {
  readonly text: string;
  readonly tooltip: string;
  /** For a screen reader, which should not hear icon names. */
  readonly spoken: string;
}

/** The verdict in one short line for the status bar; undefined where there is nothing to say. */
export function statusText(snapshot: Snapshot): StatusText | undefined {
  if (snapshot.policySearch !== 'found') return undefined;
  const errors = snapshot.policyProblems.filter((problem) => problem.severity === 'error');
  if (errors.length > 0) {
    const words = errors.length === 1 ? t('the policy has a mistake') : t('the policy has {0} mistakes', errors.length);
    return line('error', words, errors[0]?.message ?? '');
  }
  if (snapshot.assessed === undefined) {
    if (snapshot.activity !== 'idle') return line('sync~spin', t('checking…'), '');
    return line('circle-slash', t('no verdict'), snapshot.obstacle?.message ?? '');
  }
  const { model, run } = snapshot.assessed.assessment;
  const subject = t('Run {0}', visible(run.name));
  const environment = snapshot.policy === undefined ? undefined : mainEnvironment(snapshot.policy);
  const candidate = snapshot.approvals?.environments.find(({ name }) => name === environment)?.candidate;
  const standing = candidate?.standing;
  const stale = candidate?.reasons.find(isStale);
  if (environment !== undefined && standing === 'approved' && stale !== undefined) {
    const words = t('{0}: approved for {1}, but changed since', visible(model), environment);
    return line('warning', words, `${subject} · ${stale.message}`);
  }
  if (environment !== undefined && standing === 'approved') {
    return line('verified-filled', t('{0}: approved for {1}', visible(model), environment), subject);
  }
  if (environment !== undefined && standing === 'rejected') {
    return line('error', t('{0}: rejected for {1}', visible(model), environment), subject);
  }
  const outcomes = outcomesOf(snapshot).filter((outcome) => outcome.severity === 'required');
  const holding = outcomes.filter(holds).length;
  const words = t('{0}: {1} of {2} hold', visible(model), holding, outcomes.length);
  const worst = worstStatus(outcomes);
  const explanation = `${subject} · ${countWords(outcomesOf(snapshot), t)}`;
  if (worst === 'fail' || worst === 'not_evaluable') return line('error', words, explanation);
  // What a person still has to say is work, not an alarm.
  return line(holding === outcomes.length ? 'pass' : 'circle-large-outline', words, explanation);
}

function line(icon: string, words: string, explanation: string): StatusText {
  return {
    text: `$(${icon}) ${visibleBesideIcons(words)}`,
    tooltip: [`Model Signoff: ${words}`, visible(explanation)].filter((text) => text !== '').join('\n'),
    spoken: `Model Signoff: ${words}`,
  };
}
