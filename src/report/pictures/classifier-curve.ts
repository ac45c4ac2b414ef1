import { withIsolates } from '../../base/bidi.ts';
import { formatNumber } from '../../base/text.ts';
import type { Translate } from '../../base/translate.ts';
import type { PrecisionRecallPlot, RocPlot } from '../../checks/plots/plot.ts';
import { rowsInWords } from '../count-words.ts';
import { type Between, CURVE_AREA, CURVE_HEIGHT, curveAxes, drawnCurve, operatingMark } from './curve-drawing.ts';
import { type DrawingContext, finished } from './drawing.ts';
import { allowedRange } from './outcome-sentence.ts';
import type { Picture } from './picture.ts';
import { legend } from './plot-area.ts';
import type { SceneNode } from './scene.ts';
import { nameWithin, percent, plainName } from './text.ts';
import { intervalTitles, operatingWords, sentences, thresholdWords } from './words.ts';

type ClassifierPlot = RocPlot | PrecisionRecallPlot;

/** What tells one curve of a classifier from another. */
export interface CurveKind {
  readonly title: string;
  readonly axes: { readonly x: string; readonly y: string };
  /** Lies below the curve: what guessing gives, and the bound. */
  readonly beneath: readonly SceneNode[];
  readonly between: Between;
  readonly legendSide: 'left' | 'right';
  /** What a point says; `at` is its threshold in words, `x` and `y` are shares in words. */
  readonly say: (at: string, x: string, y: string) => string;
  /** What is said of two classes where no check is about the picture. */
  readonly sentence: string;
  readonly bandNote: string;
}

/** Bands of more curves than these would lie over each other. */
const MOST_BANDS = 3;
const LEGEND_ROW = 16;

/** Whether the plot is of two classes, and so has one curve. */
export function isOfTwoClasses({ curves }: ClassifierPlot): boolean {
  return curves.length === 1 && curves[0]?.name === '';
}

/** The lowest value that a check of the plot's metric allows; -Infinity where none does. */
export function floorOf(
  gauged: readonly {
    readonly label: string;
    readonly outcome: { readonly bound: Parameters<typeof allowedRange>[0] };
  }[],
  label: string,
): number {
  const bounded = gauged.find((each) => each.label === label && each.outcome.bound !== null);
  return allowedRange(bounded?.outcome.bound ?? null)[0];
}

/** One curve, or one for each class, with bands, the operating point, and a table of all points. */
export function classifierCurve(plot: ClassifierPlot, kind: CurveKind, context: DrawingContext): Picture {
  const { t } = context;
  const { curves, operating } = plot;
  const isBinary = isOfTwoClasses(plot);
  const hasBand = curves.some(({ points }) => points.band !== undefined);
  const bands = curves.length <= MOST_BANDS ? 'with band' : 'without band';
  return finished(
    plot,
    {
      title: kind.title,
      sentence: isBinary
        ? kind.sentence
        : t('One curve for each class against the rest, on {0}.', rowsInWords(plot.rows, t)),
      note: sentences(bandNote({ hasBand, bands }, kind, t), cutNote(plot, t)),
      height: CURVE_HEIGHT,
      nodes: [
        ...curveAxes(kind.axes.x, kind.axes.y),
        ...kind.beneath,
        ...curves.map(({ name, points }, index) =>
          drawnCurve(points, {
            series: index + 1,
            between: kind.between,
            bands,
            say: ({ x, y, threshold }) => {
              const which = name === '' ? '' : `${plainName(name)}: `;
              return `${which}${kind.say(thresholdWords(threshold, t), percent(x), percent(y))}`;
            },
          }),
        ),
        ...(operating === undefined
          ? []
          : [
              operatingMark(
                operating,
                kind.say(operatingWords(operating, t), percent(operating.x), percent(operating.y)),
                t,
              ),
            ]),
        ...(isBinary ? [] : classLegend(curves, kind.legendSide)),
      ],
      columns: [
        ...(isBinary ? [] : [t('Class')]),
        ...[t('Threshold'), kind.axes.x, kind.axes.y],
        ...intervalTitles(hasBand, t),
      ],
      rows: curves.flatMap(({ name, points }) =>
        points.x.map((x, index) => [
          ...(isBinary ? [] : [name]),
          ...[points.thresholds[index] ?? null, x, points.y[index] ?? null],
          ...(hasBand ? [points.band?.low[index] ?? null, points.band?.high[index] ?? null] : []),
        ]),
      ),
    },
    context,
  );
}

function classLegend(curves: ClassifierPlot['curves'], side: CurveKind['legendSide']): readonly SceneNode[] {
  return curves.map(({ name, value }, index) =>
    legend(
      [
        {
          name: `${withIsolates(nameWithin(name, 110))}  ${formatNumber(value)}`,
          sample: 'line',
          className: `line-${index + 1}`,
        },
      ],
      {
        x: side === 'right' ? CURVE_AREA.right - 185 : CURVE_AREA.left + 14,
        y: CURVE_AREA.bottom - 14 - LEGEND_ROW * (curves.length - 1 - index),
      },
    ),
  );
}

function bandNote(
  { hasBand, bands }: { readonly hasBand: boolean; readonly bands: 'with band' | 'without band' },
  kind: CurveKind,
  t: Translate,
): string {
  if (!hasBand) {
    return t('No band: weights or units make the rows count differently, so single points have no simple interval.');
  }
  return bands === 'with band' ? kind.bandNote : t('The table has the interval of every point.');
}

function cutNote({ curves, classes }: ClassifierPlot, t: Translate): string {
  return classes > curves.length ? t('Only the first {0} of {1} classes are drawn.', curves.length, classes) : '';
}
