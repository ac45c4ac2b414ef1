import { fail, type Result, succeed } from '../../base/result.ts';
import { countOf } from '../../base/text.ts';
import { hitRateAtK } from '../../metrics/ranking/hit-rate-at-k.ts';
import { mapAtK } from '../../metrics/ranking/map-at-k.ts';
import { mrr } from '../../metrics/ranking/mrr.ts';
import { ndcgAtK } from '../../metrics/ranking/ndcg-at-k.ts';
import { meanOverQueries, type QueryValues, queryWeights } from '../../metrics/ranking/per-query.ts';
import { precisionAtK, recallAtK } from '../../metrics/ranking/precision-at-k.ts';
import { type RankedQueries, rankQueries } from '../../metrics/ranking/ranked-queries.ts';
import { proportionInterval } from '../../metrics/resampling/proportion.ts';
import type { MetricName } from '../../policy/metric-names.ts';
import type { MetricParameters } from '../estimate.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';
import type { Measure } from './measure.ts';
import { sumStatistic } from './row-statistic.ts';
import { unitsOfQueries } from './units.ts';

/** Any metric of the task `ranking`: the mean over the queries, weighed where rows have weights. */
export function measureRanking(metric: MetricName, parameters: MetricParameters, rows: DatasetRows): Result<Measure> {
  const queries = rows.ranking.queries();
  if (!queries.ok) return queries;
  const labels = rows.ranking.labels();
  if (!labels.ok) return labels;
  const scores = rows.ranking.scores();
  if (!scores.ok) return scores;
  const weights = rows.weights();
  if (!weights.ok) return weights;
  const { codes, count } = queries.value;
  const ranked = rows.kept('ranked queries', () => rankQueries(codes, count, scores.value, labels.value));
  const found = valuesOf(metric, parameters.k, ranked);
  if (!found.ok) return found;
  const { values, withoutRelevant } = found.value;
  const weighing = weights.value && queryWeights(codes, count, weights.value);
  const hits = metric === 'hit_rate_at_k' ? wholeSum(values) : undefined;
  const proportion = hits === undefined || weighing ? undefined : { successes: hits, trials: count };
  const zeroDivision = count === withoutRelevant;
  const note =
    withoutRelevant > 0 && !zeroDivision
      ? { note: `${countOf(withoutRelevant, 'query', 'queries')} without any relevant result count as 0.` }
      : {};
  return succeed({
    ...{ value: meanOverQueries(found.value, weighing), zeroDivision },
    ...{ dividedBy: count, dividedByWhat: zeroDivision ? 'queries with a relevant result' : 'queries' },
    formula: `${metric}/${parameters.k === undefined ? '' : `k-${parameters.k}/`}expected-over-ties`,
    ...note,
    ...(proportion
      ? { proportion, closed: (confidence) => proportionInterval(proportion.successes, count, confidence) }
      : {}),
    statistic: () =>
      sumStatistic(
        count,
        2,
        (query, sums, at) => {
          const weight = weighing ? (weighing[query] as number) : 1;
          sums[at] = (sums[at] as number) + weight * (values[query] as number);
          sums[at + 1] = (sums[at + 1] as number) + weight;
        },
        ([sum = 0, total = 0]) => sum / total,
      ),
    units: () => unitsOfQueries(rows, queries.value),
  });
}

function valuesOf(metric: MetricName, k: number | undefined, ranked: RankedQueries): Result<QueryValues> {
  if (metric === 'mrr') return succeed(mrr(ranked));
  if (k === undefined) return fail('parameter-missing', `${metric} needs \`k\`.`);
  switch (metric) {
    case 'precision_at_k':
      return succeed(precisionAtK(ranked, k));
    case 'recall_at_k':
      return succeed(recallAtK(ranked, k));
    case 'ndcg_at_k':
      return succeed(ndcgAtK(ranked, k));
    case 'map_at_k':
      return succeed(mapAtK(ranked, k));
    case 'hit_rate_at_k':
      return succeed(hitRateAtK(ranked, k));
    default:
      return fail('metric-task', `${metric} is no metric of a ranking.`);
  }
}

/** The sum where every value is 0 or 1; undefined where ties make chances of some. */
function wholeSum(values: Float64Array): number | undefined {
  let sum = 0;
  for (let query = 0; query < values.length; query += 1) {
    const value = values[query] as number;
    if (value !== 0 && value !== 1) return undefined;
    sum += value;
  }
  return sum;
}
