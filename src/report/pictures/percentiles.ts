import { scaleLinear } from 'd3-scale';
import { formatNumber } from '../../base/text.ts';
import type { Translate } from '../../base/translate.ts';
import { valueInWords } from '../../checks/bounds.ts';
import { measurementsInWords } from '../count-words.ts';
import { limitInWords } from '../outcome-words.ts';
import { type Draw, finished } from './drawing.ts';
import { hitBox, hitCircle, mark } from './marks.ts';
import { allowedRange } from './outcome-sentence.ts';
import { type PlotArea, WIDTH, xAxis, yAxis } from './plot-area.ts';
import { node, type SceneNode } from './scene.ts';
import { joinedBins, stepPath } from './steps.ts';
import { nameWithin, plainName, shortNumber } from './text.ts';
import { sentences } from './words.ts';

const BARS: PlotArea = { left: 58, right: WIDTH - 22, top: 14, bottom: 120 };
const LINE: PlotArea = { left: 58, right: WIDTH - 22, top: 174, bottom: 304 };
const NAMED: Readonly<Record<string, number>> = { median: 50, p50: 50, p75: 75, p90: 90, p95: 95, p99: 99, p999: 99.9 };
const DRAWN = [25, 50, 75, 90, 95, 99, 99.9];

/** How measurements lie, and their percentiles with the bound. */
export const drawPercentiles: Draw<'percentiles'> = (plot, context) => {
  const { column, percents, values, rows, statistic, bound, edges, counts } = plot;
  const { t } = context;
  const [, high] = allowedRange(bound);
  const x = scaleLinear([edges[0] ?? 0, edges.at(-1) ?? 1], [BARS.left, BARS.right]);
  const y = scaleLinear([0, Math.max(...counts)], [BARS.bottom, BARS.top]);
  const drawn = percents.flatMap((percent, index) =>
    DRAWN.includes(percent) ? [{ percent, value: values[index] ?? 0 }] : [],
  );
  const across = scaleLinear([0, drawn.length - 1], [LINE.left + 24, LINE.right - 12]);
  const levels = [0, ...drawn.map(({ value }) => value), ...(Number.isFinite(high) ? [high] : [])];
  const up = scaleLinear([Math.min(...levels), Math.max(...levels)], [LINE.bottom, LINE.top]).nice(4);
  const asked = NAMED[statistic];
  const points = drawn.map(({ percent, value }, index): SceneNode => {
    const isAsked = percent === asked;
    return mark(
      isAsked
        ? t('{0}: {1}, which the check bounds', percentileWord(percent, t), formatNumber(value))
        : `${percentileWord(percent, t)}: ${formatNumber(value)}`,
      node('circle', {
        class: isAsked ? 'operating' : 'point',
        cx: across(index),
        cy: up(value),
        r: isAsked ? 6 : 4.5,
      }),
      node(
        'text',
        { class: isAsked ? 'strong halo' : 'small halo', x: across(index), y: up(value) - 11, 'text-anchor': 'middle' },
        isAsked ? valueInWords(value, bound) : shortNumber(value),
      ),
      hitCircle(across(index), up(value), 11),
    );
  });
  const [id = ''] = plot.checks;
  return finished(
    plot,
    {
      title: plainName(context.outcomes.get(id)?.title ?? id),
      sentence: '',
      gauges: 'none',
      note: sentences(
        t('{0} in the column “{1}”.', measurementsInWords(rows, t), plainName(column)),
        t('The bars leave out the slowest half per cent.'),
      ),
      height: LINE.bottom + 40,
      nodes: [
        xAxis(BARS, x, { title: nameWithin(column, 240), grid: 'no grid' }),
        node('path', { class: 'bar-1', d: stepPath(counts, edges, x, y) }),
        ...joinedBins(counts, edges).map(({ from, to, count }) =>
          mark(
            t('{0} to {1}: {2}', formatNumber(from), formatNumber(to), measurementsInWords(count, t)),
            hitBox(x(from), BARS.top, x(to) - x(from), BARS.bottom - BARS.top),
          ),
        ),
        yAxis(LINE, up, { title: '', ticks: 4 }),
        xAxis(LINE, across, {
          title: t('Percentile'),
          at: drawn.map((_, index) => index),
          format: (index) => percentileWord(drawn[index]?.percent, t),
          grid: 'no grid',
        }),
        ...(Number.isFinite(high)
          ? [
              node('line', { class: 'bound', x1: LINE.left, x2: LINE.right, y1: up(high), y2: up(high) }),
              node(
                'text',
                { class: 'bound-label halo', x: LINE.left + 6, y: up(high) + 13 },
                `${plainName(statistic)} ≤ ${limitInWords(high)}`,
              ),
            ]
          : []),
        node('path', {
          class: 'line-1',
          d: drawn
            .map(
              ({ value }, index) => `${index === 0 ? 'M' : 'L'}${Math.round(across(index))} ${Math.round(up(value))}`,
            )
            .join(''),
        }),
        ...points,
      ],
      columns: [t('Percentile'), t('Value')],
      rows: percents.map((percent, index) => [percent, values[index] ?? null]),
    },
    context,
  );
};

/** `p95` is what it is called everywhere. */
function percentileWord(percent: number | undefined, t: Translate): string {
  return percent === 50 ? t('median') : `p${percent ?? ''}`;
}
