import { scaleLinear, scaleLog } from 'd3-scale';
import { formatNumber } from '../../base/text.ts';
import { metricLabel } from '../../checks/words.ts';
import { type Draw, finished } from './drawing.ts';
import { f, hitCircle, mark } from './marks.ts';
import { allowedRange } from './outcome-sentence.ts';
import { legend, type PlotArea, WIDTH, xAxis, yAxis } from './plot-area.ts';
import { node, type SceneNode } from './scene.ts';
import { plainName } from './text.ts';

const AREA: PlotArea = { left: 58, right: WIDTH - 22, top: 64, bottom: 270 };
const SHARES = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** Ranking metrics as more and more of the top counts, with each check's floor at its k. */
export const drawRanking: Draw<'ranking'> = (plot, context) => {
  const { ks, curves, judged } = plot;
  const { t } = context;
  const x = scaleLog([ks[0] ?? 1, Math.max(2, ks.at(-1) ?? 2)], [AREA.left + 10, AREA.right - 6]);
  const y = scaleLinear([0, 1], [AREA.bottom, AREA.top]);
  const drawn = curves.map(({ metric, values }, index): SceneNode => {
    const places = values.flatMap((value, at) => (value === null ? [] : [{ k: ks[at] as number, value }]));
    return node(
      'g',
      { class: 'curve' },
      node('path', {
        class: `line-${(index % 6) + 1}`,
        d: places.map(({ k, value }, at) => `${at === 0 ? 'M' : 'L'}${f(x(k))} ${f(y(value))}`).join(''),
      }),
      ...places.map(({ k, value }) => {
        const isJudged = judged.some((each) => each.metric === metric && each.k === k);
        return mark(
          `${metricLabel(metric)}, k = ${k}: ${formatNumber(value)}${isJudged ? t(', which a check bounds') : ''}`,
          node('circle', { class: isJudged ? 'operating' : 'point', cx: x(k), cy: y(value), r: isJudged ? 6 : 3.5 }),
          hitCircle(x(k), y(value)),
        );
      }),
    );
  });
  const bounds = judged.flatMap(({ k, bound }) =>
    allowedRange(bound)
      .filter(Number.isFinite)
      .map((limit) => node('path', { class: 'bound', d: `M${f(x(k) - 16)} ${f(y(limit))}H${f(x(k) + 16)}` })),
  );
  return finished(
    plot,
    {
      title: t('Ranking of {0}', plainName(plot.dataset)),
      sentence: t('How good the top of the rankings is, as more of it counts.'),
      note: t('Means over the queries. Short dashed lines are the bounds of checks, at their k.'),
      height: 312,
      nodes: [
        ...curves.map(({ metric }, index) =>
          legend([{ name: metricLabel(metric), sample: 'line', className: `line-${(index % 6) + 1}` }], {
            x: AREA.left + (index % 3) * 138,
            y: 14 + Math.floor(index / 3) * 18,
          }),
        ),
        xAxis(AREA, x, { title: t('k (results that count)'), at: ks, format: String, grid: 'no grid' }),
        yAxis(AREA, y, { title: t('Value'), at: SHARES, format: (share) => share.toFixed(1) }),
        ...drawn,
        ...bounds,
      ],
      columns: ['k', ...curves.map(({ metric }) => metricLabel(metric))],
      rows: ks.map((k, at) => [k, ...curves.map(({ values }) => values[at] ?? null)]),
    },
    context,
  );
};
