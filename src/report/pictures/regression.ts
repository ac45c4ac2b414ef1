import { scaleLinear } from 'd3-scale';
import { formatNumber } from '../../base/text.ts';
import type { Translate } from '../../base/translate.ts';
import type { PointCloud } from '../../checks/plots/regression.ts';
import { rowsInWords } from '../count-words.ts';
import { cloud } from './cloud.ts';
import type { DataCell } from './data-table.ts';
import { type Draw, finished } from './drawing.ts';
import { hitBox, mark } from './marks.ts';
import { type PlotArea, WIDTH, xAxis, yAxis } from './plot-area.ts';
import { node } from './scene.ts';
import { joinedBins, stepPath } from './steps.ts';
import { plainName } from './text.ts';
import { sentences } from './words.ts';

const SQUARE: PlotArea = { left: 66, right: WIDTH - 18, top: 14, bottom: 318 };
const WIDE: PlotArea = { left: 66, right: WIDTH - 18, top: 14, bottom: 200 };
const BARS: PlotArea = { left: 66, right: WIDTH - 18, top: 250, bottom: 340 };

/** What was predicted against what it really was; on the dotted line both are the same. */
export const drawPredictedActual: Draw<'predicted-actual'> = (plot, context) => {
  const { range, rows } = plot;
  const { t } = context;
  const x = scaleLinear(range, [SQUARE.left, SQUARE.right]);
  const y = scaleLinear(range, [SQUARE.bottom, SQUARE.top]);
  return finished(
    plot,
    {
      title: t('Predicted against actual of {0}', plainName(plot.dataset)),
      sentence: t('Predictions against what it really was, on {0}.', rowsInWords(rows, t)),
      note: sentences(t('On the dotted line both are the same.'), gridNote(plot, t)),
      height: 360,
      nodes: [
        xAxis(SQUARE, x, { title: t('Actual') }),
        yAxis(SQUARE, y, { title: t('Predicted') }),
        ...cloud(plot, x, y),
        node('line', { class: 'guide', x1: x(range[0]), y1: y(range[0]), x2: x(range[1]), y2: y(range[1]) }),
      ],
      ...cloudTable(plot, t),
    },
    context,
  );
};

/** By how much predictions are off, against the prediction; below, how often by how much. */
export const drawResiduals: Draw<'residuals'> = (plot, context) => {
  const { rangeOfPredictions, rangeOfResiduals, edges, counts, mean, rows } = plot;
  const { t } = context;
  const x = scaleLinear(rangeOfPredictions, [WIDE.left, WIDE.right]);
  const y = scaleLinear(rangeOfResiduals, [WIDE.bottom, WIDE.top]);
  const across = scaleLinear(rangeOfResiduals, [BARS.left, BARS.right]);
  const up = scaleLinear([0, Math.max(...counts)], [BARS.bottom, BARS.top]);
  return finished(
    plot,
    {
      title: t('Residuals of {0}', plainName(plot.dataset)),
      sentence: t('Predictions are off by {0} on average, on {1}.', formatNumber(mean), rowsInWords(rows, t)),
      note: sentences(t('A residual is the actual value minus the predicted one.'), gridNote(plot, t)),
      height: 380,
      nodes: [
        xAxis(WIDE, x, { title: t('Predicted') }),
        yAxis(WIDE, y, { title: t('Residual') }),
        ...cloud(plot, x, y),
        node('line', { class: 'guide', x1: WIDE.left, x2: WIDE.right, y1: y(0), y2: y(0) }),
        xAxis(BARS, across, { title: t('Residual'), grid: 'no grid' }),
        yAxis(BARS, up, { title: t('Rows'), at: up.ticks(3).filter(Number.isInteger) }),
        node('path', { class: 'bar-1', d: stepPath(counts, edges, across, up) }),
        ...joinedBins(counts, edges).map(({ from, to, count }) =>
          mark(
            t('Residuals {0} to {1}: {2}', formatNumber(from), formatNumber(to), rowsInWords(count, t)),
            hitBox(across(from), BARS.top, across(to) - across(from), BARS.bottom - BARS.top),
          ),
        ),
        node('line', { class: 'guide', x1: across(0), x2: across(0), y1: BARS.top, y2: BARS.bottom }),
      ],
      columns: [t('Residual from'), t('To'), t('Rows')],
      rows: counts.map((count, bin) => [edges[bin] ?? null, edges[bin + 1] ?? null, count]),
    },
    context,
  );
};

function gridNote({ grid }: PointCloud, t: Translate): string {
  return grid === undefined
    ? ''
    : t('There are too many rows for single points: the stronger the colour of a cell, the more rows.');
}

function cloudTable(
  { points, grid }: PointCloud,
  t: Translate,
): { readonly columns: readonly string[]; readonly rows: readonly (readonly DataCell[])[] } {
  if (grid === undefined) return { columns: [t('Actual'), t('Predicted')], rows: points };
  const rows = grid.counts.flatMap((line, at) =>
    line.flatMap((count, column) =>
      count === 0
        ? []
        : [[grid.x[column] ?? null, grid.x[column + 1] ?? null, grid.y[at] ?? null, grid.y[at + 1] ?? null, count]],
    ),
  );
  return {
    columns: [t('Actual from'), t('To'), t('Predicted from'), t('To'), t('Rows')],
    rows: rows.toSorted((a, b) => (b[4] ?? 0) - (a[4] ?? 0)),
  };
}
