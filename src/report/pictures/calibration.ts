import { scaleLinear } from 'd3-scale';
import { formatNumber } from '../../base/text.ts';
import { binsInWords } from '../count-words.ts';
import { CURVE_AREA, curveAxes, curvePath, curveX, curveY } from './curve-drawing.ts';
import { type Draw, finished } from './drawing.ts';
import { hitCircle, mark, whiskerUp } from './marks.ts';
import { yAxis } from './plot-area.ts';
import { node, type SceneNode } from './scene.ts';
import { percent, plainName, shortNumber } from './text.ts';
import { intervalTitles, sentences, unitTitle, unitWord } from './words.ts';

const BARS = { top: CURVE_AREA.bottom + 46, bottom: CURVE_AREA.bottom + 106 };
const WIDEST_BAR = 26;

/** Mean score against the share that became positive, with the rows of each bin below. */
export const drawCalibration: Draw<'calibration'> = (plot, context) => {
  const { bins, confidence, strategy, binCount } = plot;
  const { t } = context;
  const unit = unitWord(plot.unit, t);
  const most = Math.max(...bins.map(({ weight }) => weight));
  const barHeight = scaleLinear([0, most], [BARS.bottom, BARS.top]);
  const width = Math.min(WIDEST_BAR, ((CURVE_AREA.right - CURVE_AREA.left) / binCount) * 0.8);
  const x = bins.map(({ predicted }) => predicted);
  const y = bins.map(({ observed }) => observed);
  const points = bins.map(({ predicted, observed, weight, interval }): SceneNode => {
    const at = curveX(predicted);
    const known = [formatNumber(predicted), percent(observed), formatNumber(weight), unit] as const;
    return mark(
      interval === undefined
        ? t('Scores around {0}: {1} are positive, of {2} {3}', ...known)
        : t(
            'Scores around {0}: {1} are positive, interval {4} to {5}, of {2} {3}',
            ...known,
            ...[percent(interval[0]), percent(interval[1])],
          ),
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
      title: t('Calibration of {0}', plainName(plot.dataset)),
      sentence: t(
        'Scores differ from what became of them by {0} on average (expected calibration error).',
        formatNumber(plot.expectedCalibrationError),
      ),
      note: sentences(
        strategy === 'uniform'
          ? t('{0} of equal width; the bars count their {1}.', binsInWords(binCount, t), unit)
          : t('{0} of equal size; the bars count their {1}.', binsInWords(binCount, t), unit),
        t('On the dotted line a score is just the share that becomes positive.'),
        hasIntervals ? t('Whiskers: {0} intervals.', percent(confidence)) : '',
      ),
      height: BARS.bottom + 14,
      nodes: [
        ...curveAxes(t('Mean score'), t('Share that is positive')),
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
      columns: [t('Mean score'), t('Share positive'), unitTitle(plot.unit, t), ...intervalTitles(hasIntervals, t)],
      rows: bins.map(({ predicted, observed, weight, interval }) => [
        ...[predicted, observed, weight],
        ...(hasIntervals ? [interval?.[0] ?? null, interval?.[1] ?? null] : []),
      ]),
    },
    context,
  );
};
