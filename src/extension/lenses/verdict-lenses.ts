import { countWords, holds } from '../../report/status.ts';
import { COMMANDS, VIEWS } from '../ids.ts';
import { mainEnvironment, outcomesOf, type Snapshot } from '../state/snapshot.ts';
import { t } from '../translation.ts';
import { isStale } from '../views/stale-words.ts';
import { visibleBesideIcons } from '../visible-text.ts';
import type { Lens } from './lens.ts';

/** How the run in the checklist stands, and what can be done about it: `12 of 14 checks hold · Sign Off · …`. */
export function verdictLenses(snapshot: Snapshot, offset = 0): readonly Lens[] {
  const { assessed, policy, approvals, trust } = snapshot;
  if (assessed === undefined || policy === undefined) return [];
  const outcomes = outcomesOf(snapshot);
  const required = outcomes.filter(({ severity }) => severity === 'required');
  const environment = mainEnvironment(policy);
  const found = approvals?.environments.find(({ name }) => name === environment);
  const standing = found?.candidate.standing ?? 'open';
  const place = visibleBesideIcons(environment ?? '');
  const count = t('{0} of {1} checks hold', required.filter(holds).length, required.length);
  const isChanged = found?.candidate.reasons.some(isStale) === true;
  const lens = (text: string, id: string, values: readonly unknown[] = []): Lens => ({
    offset,
    words: text,
    command: { id, arguments: values },
  });
  const inForce = found?.inForce?.run;
  const another = inForce !== undefined && inForce !== assessed.assessment.run.id ? inForce : undefined;
  return [
    {
      ...lens(verdictWords({ standing, place, count, isChanged }), `${VIEWS.checklist}.focus`),
      tooltip: countWords(outcomes, t),
    },
    ...(trust === 'trusted' && (standing === 'open' || isChanged) && assessed.assessment.model_id !== null
      ? [lens(t('Sign Off…'), COMMANDS.signOff)]
      : []),
    ...(another === undefined ? [] : [lens(t('Compare with Approved'), COMMANDS.compare, [another])]),
    lens(t('Report'), COMMANDS.openReport),
  ];
}

interface Verdict {
  readonly standing: 'approved' | 'open' | 'rejected';
  readonly place: string;
  readonly count: string;
  /** Whether something is not any more as it was signed. */
  readonly isChanged: boolean;
}

function verdictWords({ standing, place, count, isChanged }: Verdict): string {
  if (standing === 'rejected') return t('Rejected for {0} · {1}', place, count);
  if (standing === 'open') return count;
  return isChanged
    ? t('Approved for {0}, but changed since · {1}', place, count)
    : t('Approved for {0} · {1}', place, count);
}
