import { scaleLinear } from 'd3-scale';
import { formatNumber } from '../../base/text.ts';
import type { Translate } from '../../base/translate.ts';
import type { Bound } from '../../checks/outcome.ts';
import { runsInWords } from '../count-words.ts';
import { type Draw, finished } from './drawing.ts';
import { f, hitCircle, mark } from './marks.ts';
import { allowedRange } from './outcome-sentence.ts';
import { type PlotArea, WIDTH, xAxis, yAxis } from './plot-area.ts';
import { node, type SceneNode } from './scene.ts';
import { plainName } from './text.ts';
import { sentences } from './words.ts';

const AREA: PlotArea = { left: 62, right: WIDTH - 18, top: 18, bottom: 190 };
const HEIGHT = 232;
const DAY = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;

/** A logged metric over its steps. */
export const drawSteps: Draw<'steps'> = (plot, context) => {
  const { name, steps, values, count, about, bound } = plot;
  const { t } = context;
  const isVariation = 'statistic' in about;
  const levels = isVariation && about.statistic !== 'min' && about.statistic !== 'max' ? null : bound;
  const x = scaleLinear([steps[0] ?? 0, steps.at(-1) ?? 1], [AREA.left + 10, AREA.right - 10]);
  const y = verticalScale(values, levels);
  const few = steps.length <= 12;
  const points = steps.map((step, index): SceneNode => {
    const value = values[index] as number;
    const isJudged = !isVariation && about.step === step;
    return mark(
      isJudged
        ? t('Step {0}: {1}, which the check bounds', step, formatNumber(value))
        : t('Step {0}: {1}', step, formatNumber(value)),
      node('circle', {
        class: isJudged ? 'operating' : few ? 'point' : 'stop',
        ...{ cx: x(step), cy: y(value), r: isJudged ? 6 : 4.5 },
      }),
      ...(few ? [hitCircle(x(step), y(value))] : []),
    );
  });
  const [id = ''] = plot.checks;
  return finished(
    plot,
    {
      title: plainName(context.outcomes.get(id)?.title ?? id),
      sentence: '',
      ...(levels === null ? {} : { gauges: 'none' }),
      note: sentences(
        count > steps.length
          ? t(
              'What the run logged as “{0}”: {1} points, drawn by {2}.',
              ...[plainName(name), formatNumber(count), steps.length],
            )
          : t('What the run logged as “{0}”.', plainName(name)),
        isVariation ? t('Dotted: the mean, {0}.', formatNumber(about.mean)) : '',
      ),
      height: HEIGHT,
      nodes: [
        ...axes(x, y, t('Step'), few ? steps : undefined),
        ...boundLines(levels, y),
        ...(isVariation
          ? [node('line', { class: 'guide', x1: AREA.left, x2: AREA.right, y1: y(about.mean), y2: y(about.mean) })]
          : []),
        node('path', {
          class: 'line-1',
          d: polyline(steps.map((step, index) => [x(step), y(values[index] as number)])),
        }),
        ...points,
      ],
      columns: [t('Step'), t('Value')],
      rows: steps.map((step, index) => [step, values[index] ?? null]),
    },
    context,
  );
};

/** A logged metric over the runs, this one marked. */
export const drawRuns: Draw<'runs'> = (plot, context) => {
  const { name, points, count, bound } = plot;
  const { t } = context;
  const x = scaleLinear([0, points.length - 1], [AREA.left + 12, AREA.right - 12]);
  const y = verticalScale(
    points.map(({ value }) => value),
    bound,
  );
  const own = points.find(({ isThis }) => isThis);
  const marks = points.map(({ run, time, value, isThis }, index): SceneNode => {
    const when = time === null ? '' : `, ${new Date(time).toLocaleDateString('en-GB', DAY)}`;
    return mark(
      `${plainName(run)}${when}: ${formatNumber(value)}${isThis ? `, ${t('this run')}` : ''}`,
      node('circle', { class: isThis ? 'operating' : 'point', cx: x(index), cy: y(value), r: isThis ? 6 : 4 }),
      hitCircle(x(index), y(value)),
    );
  });
  return finished(
    plot,
    {
      title: t('{0} over the runs', plainName(name)),
      sentence:
        own === undefined
          ? t('Logged by {0}.', runsInWords(count, t))
          : rankSentence(
              points.map(({ value }) => value),
              own.value,
              t,
            ),
      note: sentences(
        t('The order is that in which runs began; the ring is this run.'),
        points.length < count ? t('The newest {0} of {1}.', points.length, count) : '',
      ),
      height: HEIGHT,
      nodes: [
        ...axes(x, y, t('Runs, oldest first'), []),
        ...boundLines(bound, y),
        node('path', { class: 'line-1', d: polyline(points.map(({ value }, index) => [x(index), y(value)])) }),
        ...marks,
      ],
      columns: [t('Run'), t('Began'), t('Value')],
      rows: points.map(({ run, time, value }) => [run, time === null ? null : new Date(time).toISOString(), value]),
    },
    context,
  );
};

function rankSentence(values: readonly number[], own: number, t: Translate): string {
  const above = values.filter((value) => value > own).length;
  const known = [formatNumber(own), runsInWords(values.length, t)] as const;
  if (above === 0) return t('This run logged {0}; the highest of {1}.', ...known);
  if (above === values.length - 1) return t('This run logged {0}; the lowest of {1}.', ...known);
  return t('This run logged {0}; number {2} from the top of {1}.', ...known, above + 1);
}

function verticalScale(values: readonly number[], bound: Bound): ReturnType<typeof scaleLinear<number, number>> {
  const limits = allowedRange(bound).filter(Number.isFinite);
  const [least, most] = [Math.min(...values, ...limits), Math.max(...values, ...limits)];
  const room = (most - least || Math.abs(most) || 1) * 0.12;
  return scaleLinear([least - room, most + room], [AREA.bottom, AREA.top]);
}

function axes(
  x: ReturnType<typeof scaleLinear<number, number>>,
  y: ReturnType<typeof scaleLinear<number, number>>,
  title: string,
  at: readonly number[] | undefined,
): readonly SceneNode[] {
  return [
    xAxis(AREA, x, { title, grid: 'no grid', ...(at === undefined ? {} : { at }) }),
    yAxis(AREA, y, { title: '', ticks: 5 }),
  ];
}

function boundLines(bound: Bound, y: (value: number) => number): readonly SceneNode[] {
  const [low, high] = allowedRange(bound);
  if (!Number.isFinite(low) && !Number.isFinite(high)) return [];
  const [top, bottom] = [Number.isFinite(high) ? y(high) : AREA.top, Number.isFinite(low) ? y(low) : AREA.bottom];
  return [
    node('rect', {
      class: 'allowed',
      x: AREA.left,
      y: top,
      width: AREA.right - AREA.left,
      height: Math.max(0, bottom - top),
    }),
    ...[low, high].filter(Number.isFinite).flatMap((limit) => [
      node('line', { class: 'bound', x1: AREA.left, x2: AREA.right, y1: y(limit), y2: y(limit) }),
      node(
        'text',
        // Left of the ring that may stand at the end.
        { class: 'bound-label halo', x: AREA.right - 22, y: y(limit) - 5, 'text-anchor': 'end' },
        formatNumber(limit),
      ),
    ]),
  ];
}

function polyline(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${f(x)} ${f(y)}`).join('');
}
