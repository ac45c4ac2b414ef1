import { scaleLinear } from 'd3-scale';
import { withIsolates } from '../../base/bidi.ts';
import { formatNumber } from '../../base/text.ts';
import type { Translate } from '../../base/translate.ts';
import type { ColumnDistribution, DriftPlot } from '../../checks/plots/plot.ts';
import { metricLabel } from '../../checks/words.ts';
import { statusWord } from '../status.ts';
import { type Draw, finished } from './drawing.ts';
import { drawnItems, forest, forestHeight } from './forest.ts';
import { hitBox, mark } from './marks.ts';
import { legend, WIDTH, xAxis } from './plot-area.ts';
import { group, node, type SceneNode } from './scene.ts';
import { stepPath } from './steps.ts';
import { nameWithin, percent, plainName, widthOf } from './text.ts';
import { intervalTitles, sentences } from './words.ts';

const SMALL = { width: 224, height: 142, plot: 84 };
const GAP = WIDTH - 2 * SMALL.width;

/** How far every column moved, from the farthest, with both distributions of those that moved farthest. */
export const drawDrift: Draw<'drift'> = (plot, context) => {
  const { columns, distributions, names, method, max } = plot;
  const { t } = context;
  const [id = ''] = plot.checks;
  const subject = { kind: 'metric', metric: metricLabel(method) } as const;
  const block = { subject, items: columns, bound: { max }, reference: undefined };
  const below = forestHeight(block) + 12;
  const rowsOfSmall = Math.ceil(distributions.length / 2);
  const drawn = drawnItems(columns, { max }).length;
  const found = new Map(columns.map((column) => [column.name, column]));
  return finished(
    plot,
    {
      title: plainName(context.outcomes.get(id)?.title ?? id),
      sentence: '',
      gauges: 'none',
      note: sentences(
        t('The grey bars are what sampling alone would give.'),
        t('Outermost bars also hold what lies beyond.'),
        drawn < columns.length ? t('Only the {0} farthest of {1} columns are drawn.', drawn, columns.length) : '',
      ),
      height: below + (rowsOfSmall > 0 ? 24 + rowsOfSmall * SMALL.height : 0),
      nodes: [
        forest(block, 0, t),
        ...(distributions.length > 0
          ? [
              legend(
                [
                  { name: nameWithin(names.reference, 130), sample: 'bar', className: 'bar-1' },
                  { name: nameWithin(names.current, 130), sample: 'bar', className: 'bar-2' },
                ],
                { x: 0, y: below + 6 },
              ),
            ]
          : []),
        ...distributions.map((distribution, index) =>
          smallDistribution(distribution, names, {
            x: (index % 2) * (SMALL.width + GAP),
            y: below + 24 + Math.floor(index / 2) * SMALL.height,
            distance: found.get(distribution.name)?.value ?? null,
            t,
          }),
        ),
      ],
      columns: [
        ...[t('Column'), metricLabel(method), t('Sampling alone')],
        ...[...intervalTitles(true, t), t('Rows'), t('Status')],
      ],
      rows: columns.map(({ name, value, noise, interval, rows, status }) => [
        ...[name, value, noise, interval?.[0] ?? null, interval?.[1] ?? null, rows],
        status === null ? '' : statusWord(status, t),
      ]),
    },
    context,
  );
};

interface Place {
  readonly x: number;
  readonly y: number;
  readonly distance: number | null;
  readonly t: Translate;
}

function smallDistribution(
  distribution: ColumnDistribution,
  names: DriftPlot['names'],
  { x, y, distance, t }: Place,
): SceneNode {
  const { name, reference, current, missing } = distribution;
  const measured = distance === null ? '' : ` ${formatNumber(distance)}`;
  const gone =
    missing.reference + missing.current > 0
      ? t('; missing {0} and {1}', percent(missing.reference), percent(missing.current))
      : '';
  return node(
    'g',
    { class: 'small-multiple', transform: `translate(${x} ${y})` },
    mark(
      `${plainName(name)}:${measured}${gone}. ${t('{0} against {1}', plainName(names.reference), plainName(names.current))}: ${largestChange(distribution, t)}`,
      hitBox(0, 0, SMALL.width, SMALL.height - 8),
      node('text', { class: 'strong', x: 0, y: 12 }, smallTitle(name, measured)),
      distribution.kind === 'number'
        ? histograms(distribution)
        : categoryBars(distribution, Math.max(...reference, ...current)),
    ),
  );
}

/** The distance is what it is about, so of a long name less is shown. */
function smallTitle(name: string, measured: string): string {
  return `${withIsolates(nameWithin(name, SMALL.width - 4 - widthOf(measured, 'bold'), 'bold'))}${measured}`;
}

function histograms({ edges, reference, current }: ColumnDistribution): SceneNode {
  // Room for half of the outermost labels.
  const area = { left: 10, right: SMALL.width - 14, top: 20, bottom: 20 + SMALL.plot };
  const x = scaleLinear([edges[0] ?? 0, edges.at(-1) ?? 1], [area.left, area.right]);
  const y = scaleLinear([0, Math.max(...reference, ...current)], [area.bottom, area.top]);
  const axis = xAxis(area, x, { title: '', ticks: 4, grid: 'no grid', within: [0, SMALL.width] });
  return group(
    'histograms',
    node('path', { class: 'bar-1', d: stepPath(reference, edges, x, y) }),
    node('path', { class: 'bar-2', d: stepPath(current, edges, x, y) }),
    { ...axis, children: (axis.children ?? []).slice(0, -1) },
  );
}

function categoryBars({ categories, reference, current }: ColumnDistribution, most: number): SceneNode {
  const height = Math.min(20, (SMALL.plot + 14) / categories.length);
  const width = scaleLinear([0, most || 1], [0, SMALL.width - 84]);
  return group(
    'categories',
    ...categories.flatMap((category, index) => {
      const top = 20 + index * height;
      return [
        node(
          'text',
          { class: 'small', x: 68, y: top + height / 2 + 3, 'text-anchor': 'end' },
          nameWithin(category, 64),
        ),
        node('rect', { class: 'bar-1', x: 74, y: top + 1, width: width(reference[index] ?? 0), height: height * 0.4 }),
        node('rect', {
          class: 'bar-2',
          x: 74,
          y: top + height * 0.48,
          width: width(current[index] ?? 0),
          height: height * 0.4,
        }),
      ];
    }),
  );
}

/** Where the shares differ most. */
function largestChange({ edges, categories, reference, current, kind }: ColumnDistribution, t: Translate): string {
  let farthest = 0;
  for (const [bin, share] of reference.entries()) {
    const change = Math.abs((current[bin] ?? 0) - share);
    if (change > Math.abs((current[farthest] ?? 0) - (reference[farthest] ?? 0))) farthest = bin;
  }
  const where =
    kind === 'text'
      ? plainName(categories[farthest] ?? '')
      : t('{0} to {1}', formatNumber(edges[farthest] ?? 0), formatNumber(edges[farthest + 1] ?? 0));
  return t(
    'most different at {0}, {1} and {2}',
    ...[where, percent(reference[farthest] ?? 0), percent(current[farthest] ?? 0)],
  );
}
