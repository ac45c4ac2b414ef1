import { formatNumber } from '../../base/text.ts';
import type { Translate } from '../../base/translate.ts';
import { classifierCurve, floorOf, isOfTwoClasses } from './classifier-curve.ts';
import { CURVE_AREA, curveX, curveY } from './curve-drawing.ts';
import { type Draw, gaugedOf } from './drawing.ts';
import { node, type SceneNode } from './scene.ts';
import { percent, plainName } from './text.ts';

/** The precision-recall curve; the bound is the precision that a model of just that average precision could keep. */
export const drawPrecisionRecall: Draw<'precision-recall'> = (plot, context) => {
  const { t } = context;
  const floor = floorOf(gaugedOf(plot, context), 'Average precision');
  const [baseRate = 0] = plot.baseRates;
  const kind = {
    title: t('Precision and recall of {0}', plainName(plot.dataset)),
    axes: { x: t('Recall'), y: t('Precision') },
    beneath: isOfTwoClasses(plot) ? [...guessing(baseRate, t), ...bound(floor, t)] : [],
    between: 'steps',
    legendSide: 'left',
    say: (at: string, x: string, y: string) => t('{0}: recall {1}, precision {2}', at, x, y),
    sentence: t(
      'The average precision is {0}; guessing would give {1}.',
      formatNumber(plot.curves[0]?.value ?? Number.NaN),
      formatNumber(baseRate),
    ),
    bandNote: t('The band is the {0} interval of the precision at each threshold.', percent(plot.confidence)),
  } as const;
  return classifierCurve(plot, kind, context);
};

function across(className: string, y: number): SceneNode {
  return node('line', { class: className, x1: curveX(0), x2: curveX(1), y1: curveY(y), y2: curveY(y) });
}

function guessing(baseRate: number, t: Translate): readonly SceneNode[] {
  return [
    across('guide', baseRate),
    node(
      'text',
      { class: 'quiet small halo', x: CURVE_AREA.left + 6, y: curveY(baseRate) - 5 },
      t('guessing: {0}', percent(baseRate)),
    ),
  ];
}

function bound(floor: number, t: Translate): readonly SceneNode[] {
  if (!(floor > 0 && floor < 1)) return [];
  return [
    across('bound', floor),
    node(
      'text',
      { class: 'bound-label halo', x: CURVE_AREA.right - 4, y: curveY(floor) - 5, 'text-anchor': 'end' },
      t('average {0}, the floor', floor),
    ),
  ];
}
