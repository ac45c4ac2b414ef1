import { capitalised } from '../base/text.ts';
import type { Check } from '../policy/schema.ts';

const METRIC_LABELS: Readonly<Record<string, string>> = {
  roc_auc: 'ROC AUC',
  f1: 'F1',
  fbeta: 'F-beta',
  r2: 'R²',
  ks: 'KS',
  psi: 'PSI',
  ndcg_at_k: 'NDCG at k',
  map_at_k: 'MAP at k',
  mrr: 'Mean reciprocal rank',
  matthews_corrcoef: 'Matthews correlation',
  cohen_kappa: 'Cohen’s kappa',
};

/** A metric's name as people read it: `ROC AUC`, `Log loss`. */
export function metricLabel(metric: string): string {
  return METRIC_LABELS[metric] ?? capitalised(metric.replaceAll('_', ' '));
}

/** What people read instead of a check's id: its title, or else one made from what it checks. */
export function checkTitle(id: string, check: Check): string {
  return check.title ?? defaultTitle(check) ?? capitalised(id.replaceAll(/[-_.]+/g, ' '));
}

function defaultTitle(check: Check): string | undefined {
  switch (check.check) {
    case 'metric':
      if (check.logged !== undefined) return `Logged ${check.logged}`;
      if (check.metric === undefined) return undefined;
      return check.dataset === undefined
        ? metricLabel(check.metric)
        : `${metricLabel(check.metric)} on ${check.dataset}`;
    case 'agreement':
      return `Logged ${check.logged} agrees with the rows of ${check.dataset}`;
    case 'document':
      return `Document ${check.path.split('/').at(-1)}`;
    case 'explanation':
      return `${check.method.toUpperCase()} explanation`;
    case 'operations':
      return check.logged === undefined ? undefined : `Logged ${check.logged}`;
    case 'report':
      return `Report ${check.path.split('/').at(-1)}`;
    case 'reproducibility':
      return 'Reproducibility';
    default:
      return undefined;
  }
}
