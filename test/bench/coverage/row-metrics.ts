import { measure } from '../../../src/checks/estimate.ts';
import { seededRandom } from '../../../src/metrics/resampling/random.ts';
import type { MetricName } from '../../../src/policy/metric-names.ts';
import { type Asked, asked, askedOfCounts, rowsOf } from './estimates.ts';
import { decidedRows, overconfidentRows, scoredRows } from './populations.ts';
import { explainedRows, exponentialErrors, rankedQueries, threeClasses } from './row-populations.ts';
import { confusionShares } from './samplers.ts';
import type { MethodCoverage, Scenario } from './scenario.ts';

const ROW_SIZES = [50, 200, 500];
const ROW_TRUTHS = [0.7, 0.9, 0.98];
const COUNT_SIZES = [50, 100, 200, 1000, 10_000];
const COUNT_TRUTHS = [0.5, 0.9, 0.98];
const ERRORS = [0.03, 0.1, 0.2];
/** Each sample's rows are resampled a thousand times: the larger, the fewer samples. */
const drawsFor = (size: number): number => (size <= 200 ? 1000 : 600);

/** Metrics as checks ask for them, through the very functions that checks call. */
export const ROW_METRICS: readonly MethodCoverage[] = [
  { method: 'metrics of counts', scenarios: [ofCounts('balanced_accuracy'), ofCounts('expected_value')] },
  {
    method: 'metrics of scores',
    scenarios: [
      asked(
        {
          ...classes('average_precision, normal scores, 1 : 1', 'average_precision', { score: 'p' }),
          sizes: [20, 50, 100, 200, 1000, 10_000],
          drawsFor: (size) => (size <= 200 ? undefined : size <= 1000 ? 1000 : 200),
        },
        scoredRows('average_precision', { rowsPerUnit: 1 }),
      ),
      asked(calibration('uniform bins', {}), overconfidentRows('not weighted')),
    ],
  },
  {
    method: 'weighted rows',
    scenarios: [
      asked(
        classes('roc_auc, normal scores, 1 : 1, weighted', 'roc_auc', { score: 'p', weight: 'w' }),
        scoredRows('roc_auc', { weighted: true, rowsPerUnit: 1 }),
      ),
      decided('f1', { weight: 'w' }),
      asked(calibration('weighted', { weight: 'w' }), overconfidentRows('weighted')),
      asked(
        regression('median_absolute_error', 'exponential errors, weighted', [0.5], { weight: 'w' }),
        exponentialErrors(Math.LN2, 'weighted'),
      ),
    ],
  },
  {
    method: 'rows of units',
    scenarios: [
      asked(
        classes('roc_auc, units of three rows', 'roc_auc', { score: 'p', unit: 'u' }),
        scoredRows('roc_auc', { rowsPerUnit: 3 }),
      ),
      decided('balanced_accuracy', { unit: 'u' }),
    ],
  },
  {
    method: 'regression',
    scenarios: [
      asked(regression('r2', 'normal errors', ROW_TRUTHS), explainedRows('normal')),
      // A thousand draws leave open whether this one stays below 5 %.
      asked({ ...regression('r2', 'skewed errors', ROW_TRUTHS), drawsFor: () => 3000 }, explainedRows('skewed')),
      asked(
        regression('root_mean_squared_error', 'exponential errors', [0.5]),
        exponentialErrors(Math.SQRT2, 'not weighted'),
      ),
    ],
  },
  { method: 'several classes', scenarios: [macroF1()] },
  { method: 'ranking', scenarios: [reciprocalRank()] },
];

function ofCounts(metric: 'balanced_accuracy' | 'expected_value'): Scenario {
  const prevalence = 0.1;
  const payoff = { tp: 0, fp: -50, fn: -900, tn: 120 };
  return askedOfCounts(
    {
      name: `metrics of counts: ${metric}, recall = specificity, prevalence ${prevalence}`,
      ...{ task: 'binary', metric, dataset: { prediction: 'p' }, truths: COUNT_TRUTHS, sizes: COUNT_SIZES },
      ...(metric === 'expected_value' ? { parameters: { payoff } } : {}),
    },
    (truth) => confusionShares(prevalence, truth, 1 - truth),
    prevalence,
  );
}

function classes(name: string, metric: MetricName, dataset: Asked['dataset'] = {}): Asked {
  return { name: `rows: ${name}`, task: 'binary', metric, dataset, truths: ROW_TRUTHS, sizes: ROW_SIZES, drawsFor };
}

function calibration(name: string, dataset: Asked['dataset']): Asked {
  const asking = classes(`expected_calibration_error, ${name}`, 'expected_calibration_error', {
    score: 'p',
    ...dataset,
  });
  return { ...asking, truths: ERRORS, parameters: { n_bins: 10, strategy: 'uniform' } };
}

/** Prevalence 0.3, recall = specificity or precision. */
function decided(metric: 'balanced_accuracy' | 'f1', dataset: { weight?: string; unit?: string }): Scenario {
  const rarer = 0.3;
  const how = dataset.weight ? 'weighted' : 'units of five rows';
  return asked(
    classes(`${metric}, ${how}`, metric, { prediction: 'p', ...dataset }),
    decidedRows(
      (truth) => confusionShares(rarer, truth, metric === 'f1' ? ((1 - truth) * rarer) / (1 - rarer) : 1 - truth),
      (truth) => truth,
      { rarer, ...(dataset.weight ? { weighted: true } : { rowsPerUnit: 5 }) },
    ),
  );
}

function regression(
  metric: MetricName,
  name: string,
  truths: readonly number[],
  dataset: Asked['dataset'] = {},
): Asked {
  return {
    ...{ name: `rows: ${metric}, ${name}`, task: 'regression', metric, truths, sizes: ROW_SIZES, drawsFor },
    dataset: { prediction: 'prediction', ...dataset },
  };
}

function macroF1(): Scenario {
  const asking: Asked = {
    ...{
      name: 'rows: f1, three classes 1 : 3 : 6',
      task: 'multiclass',
      metric: 'f1',
      parameters: { average: 'macro' },
    },
    ...{ dataset: { prediction: 'prediction' }, truths: [0.7, 0.9], sizes: [50, 200] },
    drawsFor: (size) => (size <= 50 ? 1000 : 600),
  };
  return asked(asking, threeClasses(byLargeSample(asking)));
}

/** By two million rows, which are off by far less than a sample is. */
function byLargeSample(asking: Asked): (truth: number) => number {
  const known = new Map<number, number>();
  return (truth) => {
    const found = known.get(truth);
    if (found !== undefined) return found;
    const columns = threeClasses(() => truth).draw(seededRandom(5), truth, 200_000);
    const dataset = { path: 'drawn.csv', label: 'y', ...asking.dataset };
    const rows = rowsOf(columns, { dataset, name: 'drawn', task: asking.task });
    const measured = measure(asking.metric, asking.parameters ?? {}, rows);
    if (!measured.ok) throw new Error(measured.problem.message);
    known.set(truth, measured.value.value);
    return measured.value.value;
  };
}

function reciprocalRank(): Scenario {
  return asked(
    {
      ...{ name: 'rows: mrr, one relevant result of ten', task: 'ranking', metric: 'mrr' },
      ...{ dataset: { query: 'q', score: 'p' }, truths: ROW_TRUTHS, sizes: ROW_SIZES, drawsFor },
    },
    rankedQueries(),
  );
}
