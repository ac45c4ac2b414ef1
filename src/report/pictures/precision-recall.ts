import { formatNumber } from '../../base/text.ts';
import { CURVE_AREA, CURVE_HEIGHT, curveAxes, curveX, curveY, drawnCurve, operatingMark } from './curve-drawing.ts';
import { type Draw, finished, gaugedOf } from './drawing.ts';
import { allowedRange } from './outcome-sentence.ts';
import { legend } from './plot-area.ts';
import { node, type SceneNode } from './scene.ts';
import { nameWithin, percent, plainName } from './text.ts';
import { intervalTitles, operatingWords, thresholdWords } from './words.ts';

/** The precision-recall curve; the bound is the precision that a model of just that average precision could keep. */
export const drawPrecisionRecall: Draw<'precision-recall'> = (plot, context) => {
  const { t } = context;
  const { curves, operating, confidence, baseRates } = plot;
  const isBinary = curves.length === 1 && curves[0]?.name === '';
  const bounded = gaugedOf(plot, context).find(
    ({ label, outcome }) => label === 'Average precision' && outcome.bound !== null,
  );
  const [floor] = allowedRange(bounded?.outcome.bound ?? null);
  const across = (className: string, y: number): SceneNode =>
    node('line', { class: className, x1: curveX(0), x2: curveX(1), y1: curveY(y), y2: curveY(y) });
  const [baseRate = 0] = baseRates;
  const nodes: SceneNode[] = [
    ...curveAxes(t('Recall'), t('Precision')),
    ...(isBinary
      ? [
          across('guide', baseRate),
          node(
            'text',
            { class: 'quiet small', x: CURVE_AREA.left + 6, y: curveY(baseRate) - 5 },
            t('guessing: {0}', percent(baseRate)),
          ),
        ]
      : []),
    ...(isBinary && floor > 0 && floor < 1
      ? [
          across('bound', floor),
          node(
            'text',
            { class: 'bound-label', x: CURVE_AREA.right - 4, y: curveY(floor) - 5, 'text-anchor': 'end' },
            t('average {0}, the floor', floor),
          ),
        ]
      : []),
    ...curves.map(({ name, points }, index) =>
      drawnCurve(
        points,
        (index % 6) + 1,
        ({ x, y, threshold }) => {
          const which = name === '' ? '' : `${plainName(name)}: `;
          const at = thresholdWords(threshold, t);
          return `${which}${t('{0}: recall {1}, precision {2}', at, percent(x), percent(y))}`;
        },
        'steps',
      ),
    ),
    ...(operating === undefined
      ? []
      : [
          operatingMark(
            operating,
            t(
              '{0}: recall {1}, precision {2}',
              operatingWords(operating, t),
              percent(operating.x),
              percent(operating.y),
            ),
            t,
          ),
        ]),
    ...(isBinary
      ? []
      : curves.map(({ name, value }, index) =>
          legend(
            [
              {
                name: `${nameWithin(name, 110)}  ${formatNumber(value)}`,
                sample: 'line',
                className: `line-${(index % 6) + 1}`,
              },
            ],
            { x: CURVE_AREA.left + 14, y: CURVE_AREA.bottom - 14 - 16 * (curves.length - 1 - index) },
          ),
        )),
  ];
  const hasBand = curves.some(({ points }) => points.band !== undefined);
  return finished(
    plot,
    {
      title: t('Precision and recall of {0}', plainName(plot.dataset)),
      sentence: isBinary
        ? t(
            'The average precision is {0}; guessing would give {1}.',
            formatNumber(curves[0]?.value ?? Number.NaN),
            formatNumber(baseRate),
          )
        : t('One curve for each class against the rest, on {0} rows.', formatNumber(plot.rows)),
      note: hasBand
        ? t('The band is the {0} interval of the precision at each threshold.', percent(confidence))
        : t('No band: weights or units make the rows count differently, so single points have no simple interval.'),
      height: CURVE_HEIGHT,
      nodes,
      columns: [
        ...(isBinary ? [] : [t('Class')]),
        t('Threshold'),
        t('Recall'),
        t('Precision'),
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
