import { formatNumber } from '../../base/text.ts';
import type { Translate } from '../../base/translate.ts';
import { normalCdf, normalQuantile } from '../../metrics/resampling/normal.ts';
import { rowsInWords } from '../count-words.ts';
import { classifierCurve, floorOf, isOfTwoClasses } from './classifier-curve.ts';
import { CURVE_AREA, curvePath, curveX, curveY } from './curve-drawing.ts';
import { type Draw, gaugedOf } from './drawing.ts';
import { legend } from './plot-area.ts';
import { node, type SceneNode } from './scene.ts';
import { percent, plainName, widthOf } from './text.ts';

/** The ROC curve; the bound is drawn as a curve of just that area. */
export const drawRoc: Draw<'roc'> = (plot, context) => {
  const { t } = context;
  const floor = floorOf(gaugedOf(plot, context), 'ROC AUC');
  const kind = {
    title: t('ROC curve of {0}', plainName(plot.dataset)),
    axes: { x: t('False positive rate'), y: t('True positive rate') },
    beneath: [
      node('line', { class: 'guide', x1: curveX(0), y1: curveY(0), x2: curveX(1), y2: curveY(1) }),
      ...(isOfTwoClasses(plot) && floor > 0.5 && floor < 1 ? boundCurve(floor, t) : []),
    ],
    between: 'lines',
    legendSide: 'right',
    say: (at: string, x: string, y: string) => t('{0}: false positive rate {1}, true positive rate {2}', at, x, y),
    sentence: t(
      'The area under the curve is {0} on {1}.',
      formatNumber(plot.curves[0]?.value ?? Number.NaN),
      rowsInWords(plot.rows, t),
    ),
    bandNote: t('The band is the {0} interval of the true positive rate at each threshold.', percent(plot.confidence)),
  } as const;
  return classifierCurve(plot, kind, context);
};

function boundCurve(floor: number, t: Translate): readonly SceneNode[] {
  const name = t('a curve of area {0}, the floor', floor);
  return [
    node('path', { class: 'bound', d: curveOfArea(floor) }),
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
