import { scaleLinear } from 'd3-scale';
import { capitalised, formatNumber } from '../../base/text.ts';
import type { Translate } from '../../base/translate.ts';
import type { BoundedPart, ImportancePlot } from '../../checks/plots/explanation.ts';
import { type Draw, finished } from './drawing.ts';
import { type Gauged, gauges, gaugesHeight } from './gauges.ts';
import { hitBox, mark } from './marks.ts';
import { type Judged, outcomesSentence } from './outcome-sentence.ts';
import { legend, WIDTH, xAxis } from './plot-area.ts';
import { node, type SceneNode } from './scene.ts';
import { nameWithin, percent, plainName } from './text.ts';
import { sentences } from './words.ts';

const LEFT = 150;
const RIGHT = WIDTH - 78;
const ROW = 20;

/** How much each feature matters: bars of mean |value|, or of LIME what pushes up and down; the parts' bounds below. */
export const drawImportance: Draw<'importance'> = (plot, context) => {
  const { features, featureCount, method, rows, maxTopShare, forbidden } = plot;
  const { t } = context;
  const signed = method === 'lime' && features.every(({ up }) => up !== undefined);
  const top = signed ? 40 : 22;
  const bottom = top + features.length * ROW;
  const most = Math.max(...features.map(({ value }) => value), Number.MIN_VALUE);
  const total = features[0] === undefined || features[0].share === 0 ? 0 : features[0].value / features[0].share;
  const limit = maxTopShare === undefined || total === 0 || signed ? undefined : maxTopShare * total;
  const least = signed ? Math.min(0, ...features.map(({ down = 0 }) => down)) : 0;
  const largest = signed ? Math.max(0, ...features.map(({ up = 0 }) => up)) : Math.max(most, limit ?? 0);
  const x = scaleLinear([least, largest || 1], [LEFT, RIGHT]);
  const area = { left: LEFT, right: RIGHT, top, bottom };
  const gauged = plot.parts.flatMap((part) => gaugeOf(part, t));
  const height = bottom + 44;
  const id = plot.checks[0] ?? '';
  const outcome = context.outcomes.get(id);
  const name = method.toUpperCase();
  const picture = finished(
    plot,
    {
      title: t('{0} importance: {1}', name, plainName(outcome?.title ?? id)),
      sentence: '',
      gauges: 'none',
      note: sentences(
        rows === null ? '' : overRows(rows, t),
        features.length < featureCount
          ? t('The {0} most important of {1} features.', features.length, featureCount)
          : '',
        forbidden.length === 0 ? '' : t('Forbidden: {0}.', forbidden.map(plainName).join(', ')),
      ),
      height: height + gaugesHeight(gauged),
      nodes: [
        ...(signed
          ? [
              legend(
                [
                  { name: t('pushes up'), sample: 'bar', className: 'bar-1' },
                  { name: t('pushes down'), sample: 'bar', className: 'bar-2' },
                ],
                { x: LEFT, y: 12 },
              ),
            ]
          : []),
        xAxis(area, x, { title: signed ? t('Mean weight') : t('Mean |{0} value|', name), ticks: 5 }),
        ...features.map((feature, index) => bar(feature, top + index * ROW, { x, signed, t })),
        ...(limit === undefined
          ? []
          : [
              node('line', { class: 'bound', x1: x(limit), x2: x(limit), y1: top - 4, y2: bottom }),
              node(
                'text',
                { class: 'bound-label', x: x(limit), y: top - 8, 'text-anchor': 'middle' },
                t('most {0} of all', percent(maxTopShare ?? 0)),
              ),
            ]),
        gauges(gauged, height, t),
      ],
      columns: [t('Feature'), t('Importance'), t('Share'), ...(signed ? [t('Pushes up'), t('Pushes down')] : [])],
      rows: features.map((feature) => [
        ...[feature.name, feature.value, feature.share],
        ...(signed ? [feature.up ?? null, feature.down ?? null] : []),
      ]),
    },
    context,
  );
  return { ...picture, sentence: outcome === undefined ? '' : sentenceOf(outcome, gauged, t) };
};

/** Where all is well, each bound in a few words; else what is wrong, which may be no bound at all. */
function sentenceOf({ status, message }: Judged, gauged: readonly Gauged[], t: Translate): string {
  if (status !== 'pass') return message;
  return capitalised(outcomesSentence(gauged, message, t));
}

interface BarScale {
  readonly x: (value: number) => number;
  readonly signed: boolean;
  readonly t: Translate;
}

function bar(
  { name, value, share, up, down }: ImportancePlot['features'][number],
  top: number,
  { x, signed, t }: BarScale,
): SceneNode {
  const known = [plainName(name), formatNumber(value), percent(share)] as const;
  const pushes = [formatNumber(up ?? 0), formatNumber(-(down ?? 0))] as const;
  const box = (className: string, from: number, to: number): SceneNode =>
    node('rect', { class: className, x: x(from), y: top + 3, width: Math.max(0.5, x(to) - x(from)), height: ROW - 6 });
  return mark(
    signed
      ? t('{0}: {1}, {2} of all importance, pushes up by {3} and down by {4}', ...known, ...pushes)
      : t('{0}: {1}, {2} of all importance', ...known),
    hitBox(0, top, WIDTH, ROW),
    node('text', { x: LEFT - 8, y: top + ROW / 2 + 4, 'text-anchor': 'end' }, nameWithin(name, LEFT - 12)),
    ...(signed ? [box('bar-1', 0, up ?? 0), box('bar-2', down ?? 0, 0)] : [box('bar-1', 0, value)]),
    node('text', { class: 'quiet', x: RIGHT + 8, y: top + ROW / 2 + 4 }, formatNumber(value)),
  );
}

/** A part of the check as a gauge of its own, with the one bound that it is held to. */
function gaugeOf({ name, value, interval, rows, status, bound }: BoundedPart, t: Translate): readonly Gauged[] {
  if (value === null || status === null) return [];
  const label = partLabel(name, t);
  return [
    {
      label,
      outcome: { id: name, check: 'explanation', title: label, message: '', status, value, bound, interval, rows },
    },
  ];
}

function partLabel(part: string, t: Translate): string {
  switch (part) {
    case 'additivity':
      return t('additivity error');
    case 'top_share':
      return t('top share');
    case 'rank':
      return t('rank correlation');
    case 'fidelity':
      return t('fidelity (R²)');
    default:
      return part;
  }
}

function overRows(rows: number, t: Translate): string {
  return rows === 1 ? t('Over 1 explained row.') : t('Over {0} explained rows.', formatNumber(rows));
}
