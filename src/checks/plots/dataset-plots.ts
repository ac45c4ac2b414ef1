import type { MetricName } from '../../policy/metric-names.ts';
import type { Policy } from '../../policy/schema.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';
import { calibrationPlot } from './calibration.ts';
import { classScoreTables, ifRead } from './classifier-curves.ts';
import { confusionPlot } from './confusion.ts';
import { type DatasetPlotKind, metricAndDataset } from './explained-by.ts';
import type { Plot, Unplaced } from './plot.ts';
import { precisionRecallPlot } from './precision-recall.ts';
import { rankingPlot } from './ranking.ts';
import { predictedActualPlot, residualsPlot } from './regression.ts';
import { rocPlot } from './roc.ts';
import { scoreDistributionPlot } from './score-distribution.ts';

/** Metrics for which a check has the scores sorted anyway. */
const SORTING: readonly MetricName[] = ['roc_auc', 'average_precision', 'expected_calibration_error', 'expected_value'];

/**
 * Every plot of a whole data set that its rows allow, in the order in which they are shown. What goes wrong with one spoils
 * no other.
 */
export function datasetPlots(rows: DatasetRows, policy: Policy, onFault: (error: unknown) => void): readonly Plot[] {
  const makers: Readonly<Partial<Record<DatasetPlotKind, () => Unplaced | undefined>>> =
    rows.task === 'binary' || rows.task === 'multiclass'
      ? classifierPlots(rows, policy)
      : {
          'predicted-actual': () => (rows.task === 'regression' ? predictedActualPlot(rows) : undefined),
          residuals: () => (rows.task === 'regression' ? residualsPlot(rows) : undefined),
          ranking: () => rankingPlot(rows, policy),
        };
  return Object.entries(makers).flatMap(([kind, make]) => {
    try {
      const plot = ifRead(make);
      return plot === undefined ? [] : [{ ...plot, id: `${kind}/${rows.name}`, checks: [] }];
    } catch (error) {
      onFault(error);
      return [];
    }
  });
}

function classifierPlots(
  rows: DatasetRows,
  policy: Policy,
): Readonly<Partial<Record<DatasetPlotKind, () => Unplaced | undefined>>> {
  const confidence = confidenceFor(rows.name, policy);
  const tables = () => classScoreTables(rows, isSorted(rows.name, policy) ? 'sorted already' : 'not sorted yet');
  const ofTables = <Made>(make: (found: NonNullable<ReturnType<typeof tables>>) => Made) => {
    const found = tables();
    return found === undefined ? undefined : make(found);
  };
  return {
    roc: () => ofTables((found) => rocPlot(rows, found, confidence)),
    'precision-recall': () => ofTables((found) => precisionRecallPlot(rows, found, confidence)),
    confusion: () => confusionPlot(rows),
    calibration: () => ofTables((found) => calibrationPlot(rows, found, policy, confidence)),
    'score-distribution': () => scoreDistributionPlot(rows, policy),
  };
}

function isSorted(dataset: string, { checks, datasets }: Policy): boolean {
  return Object.values(checks).some((check) => {
    const wanted = metricAndDataset(check);
    if (wanted?.dataset !== dataset || !SORTING.includes(wanted.metric)) return false;
    return wanted.metric !== 'expected_value' || datasets[dataset]?.prediction === undefined;
  });
}

/** The confidence of the first check of the data set that asks for one. */
function confidenceFor(dataset: string, { checks }: Policy): number {
  for (const check of Object.values(checks)) {
    if (metricAndDataset(check)?.dataset !== dataset) continue;
    if ('confidence' in check && check.confidence !== undefined) return check.confidence;
  }
  return USUAL_CONFIDENCE;
}

const USUAL_CONFIDENCE = 0.95;
