import type { Check, Policy } from '../../policy/schema.ts';
import { t } from '../translation.ts';

/** The pre-deployment checklist's groups, in its order. */
export const CHECKLIST_GROUPS = [
  'ground-truth',
  'performance',
  'fairness',
  'explainability',
  'compliance',
  'robustness',
  'reproducibility',
  'deployment',
  'operations',
  'business',
  'people',
] as const;
export type ChecklistGroup = (typeof CHECKLIST_GROUPS)[number];

export function groupTitle(group: ChecklistGroup): string {
  const titles: Readonly<Record<ChecklistGroup, string>> = {
    'ground-truth': t('Ground truth'),
    performance: t('Performance'),
    fairness: t('Fairness'),
    explainability: t('Explainability'),
    compliance: t('Compliance'),
    robustness: t('Robustness'),
    reproducibility: t('Reproducibility'),
    deployment: t('Deployment'),
    operations: t('Operations'),
    business: t('Business'),
    people: t('People'),
  };
  return titles[group];
}

/** Which question of the pre-deployment checklist a check answers. */
export function groupOf(check: Check, policy: Policy): ChecklistGroup {
  switch (check.check) {
    case 'agreement':
    case 'gap':
    case 'stability':
      return 'ground-truth';
    case 'metric':
      return groupOfMetric(check, policy);
    case 'fairness':
      return 'fairness';
    case 'explanation':
      return 'explainability';
    case 'document':
      return 'compliance';
    case 'drift':
    case 'report':
      return 'robustness';
    case 'reproducibility':
      return 'reproducibility';
    case 'operations':
      return 'operations';
    case 'attestation':
      // A person's word that answers a rule belongs with the rules; any other is the people's own.
      return check.refs !== undefined && check.refs.length > 0 ? 'compliance' : 'people';
    default:
      return 'performance';
  }
}

function groupOfMetric(check: Extract<Check, { check: 'metric' }>, policy: Policy): ChecklistGroup {
  if (check.metric === 'expected_value') return 'business';
  if (check.by === undefined) return 'performance';
  const groups = check.dataset === undefined ? undefined : policy.datasets?.[check.dataset]?.groups;
  const names = typeof check.by === 'string' ? [check.by] : check.by;
  // Slices over time ask whether the model holds up; slices of people ask whether it treats them alike.
  const overTime = names.every((name) => groups?.[name]?.every !== undefined);
  return overTime ? 'robustness' : 'fairness';
}
