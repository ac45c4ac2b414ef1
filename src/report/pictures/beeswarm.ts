import { scaleLinear } from 'd3-scale';
import { formatNumber } from '../../base/text.ts';
import type { Translate } from '../../base/translate.ts';
import type { BeeswarmPlot } from '../../checks/plots/explanation.ts';
import { type Draw, finished } from './drawing.ts';
import { hitBox, mark } from './marks.ts';
import { legend, WIDTH, xAxis } from './plot-area.ts';
import { node, type SceneNode } from './scene.ts';
import { nameWithin, plainName } from './text.ts';
import { sentences } from './words.ts';

const LEFT = 150;
const RIGHT = WIDTH - 14;
const TOP = 34;
const ROW = 30;
/** As close as two points may come before one gives way. */
const APART = 4;
const LEVELS = [
  { level: 'low', className: 'dots-low' },
  { level: 'middle', className: 'dots-middle' },
  { level: 'high', className: 'dots-high' },
] as const;

/** Smaller points lie on larger ones, so that none is hidden. */
const BACK_TO_FRONT = ['dots-high', 'dots-middle', 'dots-low', 'dots-none', 'dots-1'];

/** The values of single rows, feature by feature; where the file has them, by how high the feature's own value was. */
export const drawBeeswarm: Draw<'beeswarm'> = (plot, context) => {
  const { features, rows, shownRows } = plot;
  const { t } = context;
  const sentence = t('Each point is one explained row: how much the feature moved its prediction.');
  const all = features.flatMap(({ values }) => values);
  const [least, most] = [Math.min(0, ...all), Math.max(0, ...all)];
  const x = scaleLinear([least, most === least ? least + 1 : most], [LEFT + 6, RIGHT - 6]);
  const bottom = TOP + features.length * ROW;
  const area = { left: LEFT, right: RIGHT, top: TOP, bottom };
  const levelled = features.some(({ levels }) => levels !== undefined);
  const [id = ''] = plot.checks;
  const picture = finished(
    plot,
    {
      title: t('SHAP values: {0}', plainName(context.outcomes.get(id)?.title ?? id)),
      sentence,
      gauges: 'none',
      note: sentences(
        shownRows < rows
          ? t(
              '{0} of {1} explained rows, each feature’s extremes among them.',
              formatNumber(shownRows),
              formatNumber(rows),
            )
          : rows === 1
            ? t('1 explained row.')
            : t('{0} explained rows.', formatNumber(rows)),
        levelled
          ? t('Larger points are higher values of the feature itself.')
          : t('The file does not hold the features’ own values.'),
      ),
      height: bottom + 44,
      nodes: [
        ...(levelled
          ? [
              legend(
                LEVELS.map(({ level }) => ({
                  name: levelWord(level, t),
                  sample: 'point' as const,
                  className: `swatch-${level}`,
                })),
                { x: LEFT, y: 12 },
              ),
            ]
          : []),
        xAxis(area, x, { title: t('SHAP value'), ticks: 5 }),
        node('line', { class: 'axis', x1: x(0), x2: x(0), y1: TOP, y2: bottom }),
        ...features.map((feature, index) => swarm(feature, TOP + index * ROW, x, t)),
      ],
      columns: [t('Feature'), t('Least'), t('Lower quarter'), t('Median'), t('Upper quarter'), t('Greatest')],
      rows: features.map(({ name, quarters }) => [name, ...quarters]),
    },
    context,
  );
  // Whether the check holds stands beside the importance; single rows neither hold nor fail.
  return { ...picture, sentence, status: undefined };
};

function levelWord(level: (typeof LEVELS)[number]['level'], t: Translate): string {
  const words = { low: t('low'), middle: t('middle'), high: t('high') };
  return words[level];
}

function swarm(
  feature: BeeswarmPlot['features'][number],
  top: number,
  x: (value: number) => number,
  t: Translate,
): SceneNode {
  const { name, values, quarters, levels } = feature;
  const [least = 0, , median = 0, , most = 0] = quarters;
  const offsets = offsetsOf(values.map(x));
  const paths = new Map<string, string>();
  for (const [row, value] of values.entries()) {
    const className = levels === undefined ? 'dots-1' : classOf(levels[row] ?? null);
    const at = `M${Math.round(x(value))} ${Math.round(top + ROW / 2 + (offsets[row] as number))}h0`;
    paths.set(className, (paths.get(className) ?? '') + at);
  }
  return mark(
    t(
      '{0}: from {1} to {2}, median {3}',
      ...[plainName(name), formatNumber(least), formatNumber(most), formatNumber(median)],
    ),
    hitBox(0, top, WIDTH, ROW),
    node('text', { x: LEFT - 8, y: top + ROW / 2 + 4, 'text-anchor': 'end' }, nameWithin(name, LEFT - 12)),
    ...BACK_TO_FRONT.flatMap((className) => {
      const d = paths.get(className);
      return d === undefined ? [] : [node('path', { class: className, d })];
    }),
  );
}

function classOf(level: number | null): string {
  if (level === null) return 'dots-none';
  return (LEVELS[Math.min(2, Math.floor(level * 3))] ?? LEVELS[1]).className;
}

/** Points that would lie on each other are put above and below in turn, within the row. */
function offsetsOf(places: readonly number[]): readonly number[] {
  const used = new Map<number, number>();
  const most = ROW / 2 - 3;
  return places.map((place) => {
    const column = Math.round(place / APART);
    const before = used.get(column) ?? 0;
    used.set(column, before + 1);
    const away = Math.ceil(before / 2) * 3;
    const side = before % 2 === 0 ? 1 : -1;
    return side * (away > most ? away % most : away);
  });
}
