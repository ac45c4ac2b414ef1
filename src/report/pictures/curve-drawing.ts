import { scaleLinear } from 'd3-scale';
import { area, curveLinear, curveStepBefore, line } from 'd3-shape';
import type { Translate } from '../../base/translate.ts';
import type { CurvePoints, OperatingPoint } from '../../checks/plots/plot.ts';
import { f, hitCircle, mark } from './marks.ts';
import { type PlotArea, WIDTH, xAxis, yAxis } from './plot-area.ts';
import { group, node, type SceneNode } from './scene.ts';
import { thresholdWords } from './words.ts';

/** Room for a curve in the unit square, drawn as nearly square as a card's width lets it. */
export const CURVE_AREA: PlotArea = { left: 58, right: WIDTH - 18, top: 14, bottom: 318 };
export const CURVE_HEIGHT = 360;

/** What lies between two points: precision keeps the value of the next point, since nothing between can be reached. */
export type Between = 'lines' | 'steps';

/** As many points of a curve as the arrow keys visit. */
const MOST_STOPS = 18;
const SHARES = [0, 0.2, 0.4, 0.6, 0.8, 1];

export const curveX = scaleLinear([0, 1], [CURVE_AREA.left, CURVE_AREA.right]);
export const curveY = scaleLinear([0, 1], [CURVE_AREA.bottom, CURVE_AREA.top]);

export function curveAxes(x: string, y: string): readonly SceneNode[] {
  return [
    xAxis(CURVE_AREA, curveX, { title: x, at: SHARES, format: (share) => share.toFixed(1) }),
    yAxis(CURVE_AREA, curveY, { title: y, at: SHARES, format: (share) => share.toFixed(1) }),
  ];
}

/** The path through points of the unit square. */
export function curvePath(x: readonly number[], y: readonly number[], between: Between = 'lines'): string {
  const draw = line<number>()
    .curve(between === 'steps' ? curveStepBefore : curveLinear)
    .digits(1)
    .x((index) => curveX(x[index] as number))
    .y((index) => curveY(y[index] as number));
  return draw(x.map((_, index) => index)) ?? '';
}

export function bandPath(
  x: readonly number[],
  { low, high }: NonNullable<CurvePoints['band']>,
  between: Between = 'lines',
): string {
  const draw = area<number>()
    .curve(between === 'steps' ? curveStepBefore : curveLinear)
    .digits(1)
    .x((index) => curveX(x[index] as number))
    .y0((index) => curveY(low[index] as number))
    .y1((index) => curveY(high[index] as number));
  return draw(x.map((_, index) => index)) ?? '';
}

/** How one of several curves is drawn. */
export interface CurveLook {
  /** From 1; `style.ts` has as many. */
  readonly series: number;
  readonly between: Between;
  readonly bands: 'with band' | 'without band';
  /** What a point that the keyboard visits says. */
  readonly say: (point: { readonly x: number; readonly y: number; readonly threshold: number | null }) => string;
}

/** A curve with its band and the points that the keyboard visits. */
export function drawnCurve(
  { x, y, thresholds, band }: CurvePoints,
  { series, between, bands, say }: CurveLook,
): SceneNode {
  const step = Math.max(1, Math.floor(x.length / MOST_STOPS));
  const stops = x.flatMap((at, index) =>
    index % step === 0
      ? [
          mark(
            say({ x: at, y: y[index] as number, threshold: thresholds[index] ?? null }),
            node('circle', { class: 'stop', cx: curveX(at), cy: curveY(y[index] as number), r: 6 }),
          ),
        ]
      : [],
  );
  return group(
    'curve',
    band === undefined || bands === 'without band'
      ? undefined
      : node('path', { class: `band band-${series}`, d: bandPath(x, band, between) }),
    node('path', { class: `line-${series}`, d: curvePath(x, y, between) }),
    ...stops,
  );
}

/** Where the model decides: a ring with cross-hairs to both axes, and its label. */
export function operatingMark({ x, y, threshold }: OperatingPoint, say: string, t: Translate): SceneNode {
  const [left, top] = [curveX(x), curveY(y)];
  const label = threshold === undefined ? t('as predicted') : thresholdWords(threshold, t);
  const isRight = x > 0.6;
  return mark(
    say,
    node('path', {
      class: 'guide',
      d: `M${f(left)} ${f(CURVE_AREA.bottom)}V${f(top)}H${f(CURVE_AREA.left)}`,
    }),
    hitCircle(left, top, 12),
    node('circle', { class: 'operating', cx: left, cy: top, r: 6 }),
    node(
      'text',
      { x: left + (isRight ? -11 : 11), y: top + 17, class: 'strong halo', 'text-anchor': isRight ? 'end' : 'start' },
      label,
    ),
  );
}
