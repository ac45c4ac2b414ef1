import { scaleLinear } from 'd3-scale';
import { formatNumber } from '../../base/text.ts';
import { judge, valueInWords } from '../../checks/bounds.ts';
import type { Bound } from '../../checks/outcome.ts';
import type { ScoreDistributionPlot } from '../../checks/plots/plot.ts';
import { metricLabel } from '../../checks/words.ts';
import { boundInWords } from '../outcome-words.ts';
import { type Draw, type DrawingContext, finished } from './drawing.ts';
import { hitBox, mark } from './marks.ts';
import type { ThresholdSlider } from './picture.ts';
import { legend, type PlotArea, WIDTH, xAxis, yAxis } from './plot-area.ts';
import { node, type SceneNode } from './scene.ts';
import { joinedBins, stepPath } from './steps.ts';
import { percent, plainName } from './text.ts';
import { sentences, unitWord } from './words.ts';

const AREA: PlotArea = { left: 58, right: WIDTH - 18, top: 40, bottom: 236 };

/**
 * How the scores of both classes lie. A slider goes through thresholds and reads off what each would make of the rows;
 * it changes nothing of the policy.
 */
export const drawScoreDistribution: Draw<'score-distribution'> = (plot, context) => {
  const { edges, threshold } = plot;
  const { t } = context;
  const unit = unitWord(plot.unit, t);
  const [least = 0, most = 1] = [edges[0], edges.at(-1)];
  const positives = sharesOf(plot.positives);
  const negatives = sharesOf(plot.negatives);
  const x = scaleLinear([least, most], [AREA.left, AREA.right]);
  const y = scaleLinear([0, Math.max(...positives, ...negatives)], [AREA.bottom, AREA.top]).nice(4);
  const slider = sliderOf(plot, context, x);
  const start = slider.positions[slider.policy ?? Math.floor(slider.positions.length / 2)];
  const stops = joinedBins(plot.positives, edges).map(({ from, to, count }, index): SceneNode => {
    const negative = joinedBins(plot.negatives, edges)[index]?.count ?? 0;
    return mark(
      t(
        'Scores {0} to {1}: {2} positive, {3} negative {4}',
        ...[formatNumber(from), formatNumber(to), formatNumber(count), formatNumber(negative), unit],
      ),
      hitBox(x(from), AREA.top, x(to) - x(from), AREA.bottom - AREA.top),
    );
  });
  return finished(
    plot,
    {
      title: t('Scores of {0}', plainName(plot.dataset)),
      sentence:
        threshold === undefined
          ? t('How the scores of both classes lie.')
          : t('How the scores of both classes lie; the policy’s threshold is {0}.', formatNumber(threshold)),
      note: sentences(
        t('Each class is drawn as shares of its own {0}.', unit),
        t('Moving the threshold shows what it would give; it changes neither the policy nor any check.'),
      ),
      height: 276,
      nodes: [
        legend(
          [
            { name: t('negative'), sample: 'bar', className: 'bar-1' },
            { name: t('positive'), sample: 'bar', className: 'bar-2' },
          ],
          { x: AREA.left, y: 14 },
        ),
        xAxis(AREA, x, { title: t('Score'), grid: 'no grid' }),
        yAxis(AREA, y, { title: t('Share of the class'), ticks: 4, format: percent }),
        node('path', { class: 'bar-1', d: stepPath(negatives, edges, x, y) }),
        node('path', { class: 'bar-2', d: stepPath(positives, edges, x, y) }),
        ...stops,
        ...(threshold === undefined
          ? []
          : [node('line', { class: 'bound', x1: x(threshold), x2: x(threshold), y1: AREA.top - 4, y2: AREA.bottom })]),
        node(
          'g',
          { 'data-mark': 'slider', 'aria-hidden': 'true', transform: `translate(${start?.x ?? AREA.left} 0)` },
          node('line', { class: 'slider-line', x1: 0, x2: 0, y1: AREA.top - 8, y2: AREA.bottom }),
          node('path', { class: 'slider-knob', d: `M-6 ${AREA.top - 15}h12l-6 9z` }),
        ),
      ],
      columns: [t('From'), t('To'), t('Positive'), t('Negative')],
      rows: positives.map((_, bin) => [
        edges[bin] ?? null,
        edges[bin + 1] ?? null,
        plot.positives[bin] ?? 0,
        plot.negatives[bin] ?? 0,
      ]),
      slider,
    },
    context,
  );
};

function sliderOf(
  { thresholds, readings, threshold }: ScoreDistributionPlot,
  { outcomes, t }: DrawingContext,
  x: (value: number) => number,
): ThresholdSlider {
  const boundOf = (check: string | undefined): Bound =>
    check === undefined ? null : (outcomes.get(check)?.bound ?? null);
  const at = threshold === undefined ? -1 : thresholds.indexOf(threshold);
  return {
    label: t('Threshold'),
    policy: at < 0 ? undefined : at,
    positions: thresholds.map((each, position) => ({
      text: formatNumber(each),
      x: Math.round(x(each) * 10) / 10,
      values: readings.map(({ check, values }) => {
        const value = values[position] ?? null;
        return value === null ? '–' : valueInWords(value, boundOf(check));
      }),
    })),
    readings: readings.map(({ name, check, values }) => {
      const bound = boundOf(check);
      const known = { name: metricLabel(name), bound: bound === null ? '' : boundInWords(bound, t) };
      if (bound === null) return known;
      const holds = values.map((value) => (value !== null && judge(value, bound) === 'pass' ? '1' : '0')).join('');
      return { ...known, holds };
    }),
  };
}

function sharesOf(counts: readonly number[]): readonly number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total > 0 ? count / total : 0));
}
