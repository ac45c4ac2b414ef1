import { formatNumber } from '../../base/text.ts';
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
import { nameWithin, percent, plainName } from './text.ts';

/** The ROC curve; the bound is drawn as a curve of just that area. */
export const drawRoc: Draw<'roc'> = (plot, context) => {
  const { curves, operating, confidence } = plot;
  const isBinary = curves.length === 1 && curves[0]?.name === '';
  const floor = allowedRange(
    gaugedOf(plot, context).find(({ label, outcome }) => label === 'ROC AUC' && outcome.bound !== null)?.outcome
      .bound ?? null,
  )[0];
  const nodes: SceneNode[] = [
    ...curveAxes('False positive rate', 'True positive rate'),
    node('line', { class: 'guide', x1: curveX(0), y1: curveY(0), x2: curveX(1), y2: curveY(1) }),
    ...(isBinary && floor > 0.5 && floor < 1 ? [node('path', { class: 'bound', d: curveOfArea(floor) })] : []),
    ...curves.map(({ name, points }, index) =>
      drawnCurve(points, (index % 6) + 1, ({ x, y, threshold }) => {
        const which = name === '' ? '' : `${plainName(name)}: `;
        const at = threshold === null ? 'above every score' : `threshold ${formatNumber(threshold)}`;
        return `${which}${at}: false positive rate ${percent(x)}, true positive rate ${percent(y)}`;
      }),
    ),
    ...(operating === undefined
      ? []
      : [
          operatingMark(
            operating,
            `Operating point${operating.threshold === undefined ? '' : `, threshold ${formatNumber(operating.threshold)}`}: false positive rate ${percent(operating.x)}, true positive rate ${percent(operating.y)}`,
          ),
        ]),
    ...(isBinary
      ? boundLegend(floor)
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
      title: `ROC curve of ${plainName(plot.dataset)}`,
      sentence: isBinary
        ? `The area under the curve is ${formatNumber(curves[0]?.value ?? Number.NaN)} on ${formatNumber(plot.rows)} rows.`
        : `One curve for each class against the rest, on ${formatNumber(plot.rows)} rows.`,
      note: hasBand
        ? `The band is the ${percent(confidence)} interval of the true positive rate at each threshold.`
        : 'No band: weights or units make the rows count differently, so single points have no simple interval.',
      height: CURVE_HEIGHT,
      nodes,
      columns: [
        ...(isBinary ? [] : ['Class']),
        'Threshold',
        'False positive rate',
        'True positive rate',
        ...(hasBand ? ['Interval from', 'Interval to'] : []),
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

function boundLegend(floor: number): readonly SceneNode[] {
  if (!(floor > 0.5 && floor < 1)) return [];
  return [
    legend([{ name: `a curve of area ${floor}, the floor`, sample: 'line', className: 'bound' }], {
      x: CURVE_AREA.right - 210,
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
