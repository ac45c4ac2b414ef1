import type { Translate } from '../../base/translate.ts';
import type { Check, Policy } from '../../policy/schema.ts';

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

export function groupTitle(group: ChecklistGroup, t: Translate): string {
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

/**
 * One kind of check answers several questions: the same recall is performance on the holdout, robustness on noisy rows,
 * and latency is a metric too. What the policy's author named is the best hint there is.
 */
const NAMED_AFTER: readonly { readonly pattern: RegExp; readonly group: ChecklistGroup }[] = [
  { pattern: /latency|throughput|response_time|memory|cpu|gpu|uptime|_ms$|_seconds$/i, group: 'operations' },
  { pattern: /nois|perturb|shift|drift|corrupt|adversar|stress/i, group: 'robustness' },
  { pattern: /^train/i, group: 'ground-truth' },
];

function groupOfMetric(check: Extract<Check, { check: 'metric' }>, policy: Policy): ChecklistGroup {
  if (check.metric === 'expected_value') return 'business';
  if (check.by !== undefined) return groupOfSlices(check.by, check.dataset, policy);
  const named = check.dataset ?? check.logged ?? '';
  return NAMED_AFTER.find(({ pattern }) => pattern.test(named))?.group ?? 'performance';
}

/** Slices over time ask whether the model holds up; slices of people ask whether it treats them alike. */
function groupOfSlices(by: string | readonly string[], dataset: string | undefined, policy: Policy): ChecklistGroup {
  const groups = dataset === undefined ? undefined : policy.datasets[dataset]?.groups;
  const names = typeof by === 'string' ? [by] : by;
  return names.every((name) => groups?.[name]?.every !== undefined) ? 'robustness' : 'fairness';
}
