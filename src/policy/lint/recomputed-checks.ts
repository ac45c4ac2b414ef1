import { metricFacts } from '../metric-names.ts';
import type { PolicyPath } from '../policy-path.ts';
import type { AgreementCheck, Dataset, GapCheck, StabilityCheck } from '../schema.ts';
import { formatBound } from '../wording.ts';
import { lintBounds } from './bounds.ts';
import type { Lint } from './context.ts';
import { lintClass, lintColumns, lintParameters, lintTask } from './metric-use.ts';
import { datasetNamed, isOneTable } from './references.ts';

/** All that a metric's value depends on; one file may hold clean and perturbed scores in two columns. */
const READ_BY_METRICS: readonly (keyof Dataset)[] = [
  'path',
  'label',
  'score',
  'scores',
  'prediction',
  'positive',
  'threshold',
  'query',
  'weight',
];

export function lintAgreementCheck(lint: Lint, path: PolicyPath, check: AgreementCheck): void {
  lintMetricOn(lint, path, check, [[...path, 'dataset'], check.dataset]);
  const [low, high] = metricFacts(check.metric).range;
  const farthest = low >= -1 && high <= 1 ? high - low : 2;
  if (check.tolerance >= farthest) {
    const message = `"tolerance: ${formatBound(check.tolerance)}" always holds, so it checks nothing.`;
    lint.warnAtValue('always-holds', [...path, 'tolerance'], message);
  }
}

export function lintGapCheck(lint: Lint, path: PolicyPath, check: GapCheck): void {
  const [first, second] = check.datasets;
  lintMetricOn(lint, path, check, [[...path, 'datasets', 0], first], [[...path, 'datasets', 1], second]);
  if (first === second) {
    lint.errorAtValue(
      'same-data-set',
      [...path, 'datasets', 1],
      `A gap compares two data sets; "${second}" stands here twice.`,
    );
  } else if (isOneTable(lint, first, second, READ_BY_METRICS)) {
    const message = `"${first}" and "${second}" read the same columns of the same files, between which there is no gap.`;
    lint.errorAtValue('same-data-set', [...path, 'datasets', 1], message);
  }
  if (check.confidence !== undefined && check.metric === 'max_error') {
    const message = 'No interval can be given for max_error, which rests on one row; remove "confidence".';
    lint.errorAtKey('no-interval', [...path, 'confidence'], message);
  }
  const [low, high] = metricFacts(check.metric).range;
  lintBounds(lint, path, check, {
    name: `The gap of ${check.metric}`,
    range: [low - high, high - low],
    worse: 'higher',
  });
}

export function lintStabilityCheck(lint: Lint, path: PolicyPath, check: StabilityCheck): void {
  const spread = check.statistic === 'sd' || check.statistic === 'range';
  lintBounds(lint, path, check, {
    name: `The ${check.statistic} of ${check.logged}`,
    range: [spread ? 0 : Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    worse: spread ? 'higher' : 'unknown',
  });
}

function lintMetricOn(
  lint: Lint,
  path: PolicyPath,
  check: AgreementCheck | GapCheck,
  ...places: readonly (readonly [PolicyPath, string])[]
): void {
  const facts = metricFacts(check.metric);
  const applies = lintTask(lint, path, check.metric, facts.tasks);
  if (applies) {
    lintParameters(lint, path, check.metric, check);
  }
  for (const [place, name] of places) {
    const dataset = datasetNamed(lint, place, name);
    if (dataset !== undefined && applies) {
      lintColumns(lint, place, dataset, name, { name: check.metric, ...facts });
      lintClass(lint, path, check, dataset);
    }
  }
}
