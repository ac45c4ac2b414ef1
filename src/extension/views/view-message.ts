import type { ProgressStep } from '../state/signoff-state.ts';
import type { Snapshot } from '../state/snapshot.ts';
import { t } from '../translation.ts';
import { visible } from '../visible-text.ts';

/** What stands above a view's nodes: what long work is about, else that the view may be old; undefined where all is well. */
export function viewMessage(watching: 'watching' | 'refused', step: ProgressStep | undefined): string | undefined {
  if (step !== undefined) return stepInWords(step);
  if (watching === 'watching') return undefined;
  return t('Changes are not noticed by themselves: the system refuses to watch more files. Refresh to look again.');
}

/** What stands in the views that a policy with mistakes empties: a view without a word looks broken. */
export function whyNothingIsShown({ policyProblems }: Pick<Snapshot, 'policyProblems'>): string | undefined {
  const isBroken = policyProblems.some(({ severity }) => severity === 'error');
  return isBroken ? t('Nothing can be shown while the policy has mistakes.') : undefined;
}

function stepInWords({ message, fraction }: ProgressStep): string {
  const words = visible(message);
  return fraction === undefined ? `${words}…` : `${words}… ${Math.floor(100 * Math.min(1, Math.max(0, fraction)))} %`;
}
