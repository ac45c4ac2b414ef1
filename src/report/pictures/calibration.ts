import { scaleLinear } from 'd3-scale';
import { formatNumber } from '../../base/text.ts';
import { CURVE_AREA, curveAxes, curvePath, curveX, curveY } from './curve-drawing.ts';
import { type Draw, finished } from './drawing.ts';
import { hitCircle, mark, whiskerUp } from './marks.ts';
import { yAxis } from './plot-area.ts';
import { node, type SceneNode } from './scene.ts';
import { percent, plainName, shortNumber } from './text.ts';

const BARS = { top: CURVE_AREA.bottom + 46, bottom: CURVE_AREA.bottom + 106 };
const WIDEST_BAR = 26;

/** Mean score against the share that became positive, with the rows of each bin below. */
export const drawCalibration: Draw<'calibration'> = (plot, context) => {
  const { bins, unit, confidence, strategy, binCount } = plot;
  const most = Math.max(...bins.map(({ weight }) => weight));
  const barHeight = scaleLinear([0, most], [BARS.bottom, BARS.top]);
  const width = Math.min(WIDEST_BAR, ((CURVE_AREA.right - CURVE_AREA.left) / binCount) * 0.8);
  const x = bins.map(({ predicted }) => predicted);
  const y = bins.map(({ observed }) => observed);
  const points = bins.map(({ predicted, observed, weight, interval }): SceneNode => {
    const at = curveX(predicted);
    const within = interval === undefined ? '' : `, interval ${percent(interval[0])} to ${percent(interval[1])}`;
    return mark(
      `Scores around ${formatNumber(predicted)}: ${percent(observed)} are positive${within}, of ${formatNumber(weight)} ${unit}`,
      ...(interval === undefined ? [] : [whiskerUp(at, curveY(interval[0]), curveY(interval[1]))]),
      node('circle', { class: 'point', cx: at, cy: curveY(observed), r: 4.5 }),
      node('rect', {
        ...{ class: 'bar-1', x: at - width / 2, y: barHeight(weight), width },
        height: Math.max(1, BARS.bottom - barHeight(weight)),
      }),
      hitCircle(at, curveY(observed)),
    );
  });
  const hasIntervals = bins.some(({ interval }) => interval !== undefined);
  return finished(
    plot,
    {
      title: `Calibration of ${plainName(plot.dataset)}`,
      sentence: `Scores differ from what became of them by ${formatNumber(plot.expectedCalibrationError)} on average (expected calibration error).`,
      note: `${binCount} bins of ${strategy === 'uniform' ? 'equal width' : 'equal size'}; the bars count their ${unit}. On the dotted line a score is just the share that becomes positive.${hasIntervals ? ` Whiskers: ${percent(confidence)} intervals.` : ''}`,
      height: BARS.bottom + 14,
      nodes: [
        ...curveAxes('Mean score', 'Share that is positive'),
        node('line', { class: 'guide', x1: curveX(0), y1: curveY(0), x2: curveX(1), y2: curveY(1) }),
        yAxis({ ...CURVE_AREA, ...BARS }, barHeight, {
          title: '',
          at: [0, most],
          format: shortNumber,
          grid: 'no grid',
        }),
        node('line', { class: 'axis', x1: CURVE_AREA.left, x2: CURVE_AREA.right, y1: BARS.bottom, y2: BARS.bottom }),
        node('path', { class: 'line-1', d: curvePath(x, y) }),
        ...points,
      ],
      columns: [
        'Mean score',
        'Share positive',
        unit === 'rows' ? 'Rows' : 'Weight',
        ...(hasIntervals ? ['Interval from', 'Interval to'] : []),
      ],
      rows: bins.map(({ predicted, observed, weight, interval }) => [
        ...[predicted, observed, weight],
        ...(hasIntervals ? [interval?.[0] ?? null, interval?.[1] ?? null] : []),
      ]),
    },
    context,
  );
};
