import type { MetricName } from '../../policy/metric-names.ts';
import type { Policy } from '../../policy/schema.ts';
import { boundOf } from '../bounds.ts';
import { measure } from '../estimate.ts';
import type { Bound } from '../outcome.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';
import { ifRead } from './classifier-curves.ts';
import type { Common } from './plot.ts';

/** Ranking metrics as more and more of the top counts. */
export interface RankingPlot extends Common {
  readonly kind: 'ranking';
  readonly dataset: string;
  readonly ks: readonly number[];
  readonly curves: readonly { readonly metric: MetricName; readonly values: readonly (number | null)[] }[];
  /** The k and the bound of each check. */
  readonly judged: readonly {
    readonly check: string;
    readonly metric: MetricName;
    readonly k: number;
    readonly bound: Bound;
  }[];
  readonly rows: number;
}

const USUAL_KS = [1, 2, 3, 5, 10, 20, 50, 100];
const FEW_KS = [1, 3, 10, 30];
/** Every k is a pass over all rows. */
const MANY_ROWS = 1_000_000;
const AT_K: readonly MetricName[] = ['ndcg_at_k', 'map_at_k', 'precision_at_k', 'recall_at_k', 'hit_rate_at_k'];

/** The metrics that the data set's checks ask for, and NDCG, at several k, by the formulas that checks use. */
export function rankingPlot(rows: DatasetRows, policy: Policy): Omit<RankingPlot, 'id' | 'checks'> | undefined {
  if (rows.task !== 'ranking') return undefined;
  const judged = Object.entries(policy.checks).flatMap(([check, each]) =>
    each.check === 'metric' &&
    each.dataset === rows.name &&
    each.metric !== undefined &&
    AT_K.includes(each.metric) &&
    each.k !== undefined &&
    each.by === undefined &&
    each.against === undefined
      ? [{ check, metric: each.metric, k: each.k, bound: boundOf(each) }]
      : [],
  );
  const usual = rows.rows > MANY_ROWS ? FEW_KS : USUAL_KS;
  const ks = [...new Set([...usual, ...judged.map(({ k }) => k)])].sort((a, b) => a - b);
  const metrics = AT_K.filter((metric) => metric === 'ndcg_at_k' || judged.some((each) => each.metric === metric));
  const curves = metrics.map((metric) => ({
    metric,
    values: ks.map((k) => {
      const measured = ifRead(() => measure(metric, { k }, rows));
      return measured?.ok ? measured.value.value : null;
    }),
  }));
  if (curves.every(({ values }) => values.every((value) => value === null))) return undefined;
  return { kind: 'ranking', dataset: rows.name, ks, curves, judged, rows: rows.rows };
}
