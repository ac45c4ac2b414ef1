import { formatNumber } from '../../base/text.ts';
import type { Translate } from '../../base/translate.ts';
import { normalCdf, normalQuantile } from '../../metrics/resampling/normal.ts';
import {
  CURVE_AREA,
  CURVE_HEIGHT,
  curveAxes,
  curvePath,
  curveX,
  curveY,
  drawnCurve,
  operatingMark,
} from './curve-drawing.ts';
import { type Draw, finished, gaugedOf } from './drawing.ts';
import { allowedRange } from './outcome-sentence.ts';
import { legend } from './plot-area.ts';
import { node, type SceneNode } from './scene.ts';
import { nameWithin, percent, plainName, widthOf } from './text.ts';
import { intervalTitles, operatingWords, thresholdWords } from './words.ts';

/** The ROC curve; the bound is drawn as a curve of just that area. */
export const drawRoc: Draw<'roc'> = (plot, context) => {
  const { t } = context;
  const { curves, operating, confidence } = plot;
  const isBinary = curves.length === 1 && curves[0]?.name === '';
  const floor = allowedRange(
    gaugedOf(plot, context).find(({ label, outcome }) => label === 'ROC AUC' && outcome.bound !== null)?.outcome
      .bound ?? null,
  )[0];
  const nodes: SceneNode[] = [
    ...curveAxes(t('False positive rate'), t('True positive rate')),
    node('line', { class: 'guide', x1: curveX(0), y1: curveY(0), x2: curveX(1), y2: curveY(1) }),
    ...(isBinary && floor > 0.5 && floor < 1 ? [node('path', { class: 'bound', d: curveOfArea(floor) })] : []),
    ...curves.map(({ name, points }, index) =>
      drawnCurve(points, (index % 6) + 1, ({ x, y, threshold }) => {
        const which = name === '' ? '' : `${plainName(name)}: `;
        const at = thresholdWords(threshold, t);
        return `${which}${t('{0}: false positive rate {1}, true positive rate {2}', at, percent(x), percent(y))}`;
      }),
    ),
    ...(operating === undefined
      ? []
      : [
          operatingMark(
            operating,
            t(
              '{0}: false positive rate {1}, true positive rate {2}',
              operatingWords(operating, t),
              percent(operating.x),
              percent(operating.y),
            ),
            t,
          ),
        ]),
    ...(isBinary
      ? boundLegend(floor, t)
      : curves.map(({ name, value }, index) =>
          legend(
            [
              {
                name: `${nameWithin(name, 110)}  ${formatNumber(value)}`,
                sample: 'line',
                className: `line-${(index % 6) + 1}`,
              },
            ],
            { x: CURVE_AREA.right - 175, y: CURVE_AREA.bottom - 14 - 16 * (curves.length - 1 - index) },
          ),
        )),
  ];
  const hasBand = curves.some(({ points }) => points.band !== undefined);
  return finished(
    plot,
    {
      title: t('ROC curve of {0}', plainName(plot.dataset)),
      sentence: isBinary
        ? t(
            'The area under the curve is {0} on {1} rows.',
            formatNumber(curves[0]?.value ?? Number.NaN),
            formatNumber(plot.rows),
          )
        : t('One curve for each class against the rest, on {0} rows.', formatNumber(plot.rows)),
      note: hasBand
        ? t('The band is the {0} interval of the true positive rate at each threshold.', percent(confidence))
        : t('No band: weights or units make the rows count differently, so single points have no simple interval.'),
      height: CURVE_HEIGHT,
      nodes,
      columns: [
        ...(isBinary ? [] : [t('Class')]),
        t('Threshold'),
        t('False positive rate'),
        t('True positive rate'),
        ...intervalTitles(hasBand, t),
      ],
      rows: curves.flatMap(({ name, points }) =>
        points.x.map((x, index) => [
          ...(isBinary ? [] : [name]),
          points.thresholds[index] ?? null,
          x,
          points.y[index] ?? null,
          ...(hasBand ? [points.band?.low[index] ?? null, points.band?.high[index] ?? null] : []),
        ]),
      ),
    },
    context,
  );
};

function boundLegend(floor: number, t: Translate): readonly SceneNode[] {
  if (!(floor > 0.5 && floor < 1)) return [];
  const name = t('a curve of area {0}, the floor', floor);
  return [
    legend([{ name, sample: 'line', className: 'bound' }], {
      x: CURVE_AREA.right - 28 - widthOf(name),
      y: CURVE_AREA.bottom - 14,
    }),
  ];
}

/** The ROC curve of two normal distributions of equal variance with just this area between them. */
function curveOfArea(area: number): string {
  const distance = Math.SQRT2 * normalQuantile(area);
  const x = Array.from({ length: 41 }, (_, index) => (index / 40) ** 2);
  const y = x.map((share) => (share <= 0 ? 0 : share >= 1 ? 1 : normalCdf(normalQuantile(share) + distance)));
  return curvePath(x, y);
}
