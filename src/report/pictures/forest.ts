import { scaleLinear } from 'd3-scale';
import { formatNumber } from '../../base/text.ts';
import type { Translate } from '../../base/translate.ts';
import { marginOf } from '../../checks/parts.ts';
import type { BlockSubject, ForestBlock, ForestItem } from '../../checks/plots/plot.ts';
import { rowsInWords } from '../count-words.ts';
import { STATUS_WORDS } from '../outcome-words.ts';
import { statusWord } from '../status.ts';
import { hitBox, mark, whiskerAcross } from './marks.ts';
import { allowedRange } from './outcome-sentence.ts';
import { WIDTH, xAxis } from './plot-area.ts';
import { group, node, type SceneNode } from './scene.ts';
import { nameWithin, plainName } from './text.ts';

const LEFT = 148;
const RIGHT = WIDTH - 92;
const ROW = 26;
const HEAD = 40;
const AXIS = 26;
/** More rows than these are drawn only of the worst. */
const MOST_ROWS = 30;

/** An item with what sampling alone would give, where that is known. */
export type DrawnItem = ForestItem & { readonly noise?: number | null };

/** The items that are drawn: all, or the worst where there are too many, in their own order. */
export function drawnItems<Item extends ForestItem>(
  items: readonly Item[],
  bound: ForestBlock['bound'],
): readonly Item[] {
  if (items.length <= MOST_ROWS) return items;
  const worst = new Set(
    items.toSorted((a, b) => marginOf(a.value, bound) - marginOf(b.value, bound)).slice(0, MOST_ROWS),
  );
  return items.filter((item) => worst.has(item));
}

export function forestHeight({ items, bound }: ForestBlock): number {
  return HEAD + Math.max(1, drawnItems(items, bound).length) * ROW + AXIS;
}

/** Values below each other with their intervals on one scale, the allowed part shaded and the bound a dashed line. */
export function forest(block: ForestBlock, top: number, t: Translate): SceneNode {
  const { subject, bound, reference } = block;
  const items: readonly DrawnItem[] = drawnItems(block.items, bound);
  const [low, high] = allowedRange(bound);
  const limits = [low, high].filter(Number.isFinite);
  const x = scaleOf(items, [...limits, ...(reference === undefined ? [] : [reference.value])]);
  const bottom = top + HEAD + Math.max(1, items.length) * ROW;
  const area = { left: LEFT, right: RIGHT, top: top + HEAD, bottom };
  const from = Number.isFinite(low) ? x(low) : LEFT;
  const to = Number.isFinite(high) ? x(high) : RIGHT;
  return group(
    'forest',
    node('text', { class: 'strong', x: 0, y: top + 14 }, nameWithin(subjectWords(subject, t), WIDTH, 'bold')),
    ...(limits.length === 0
      ? []
      : [
          node('rect', {
            class: 'allowed',
            x: from,
            y: area.top,
            width: Math.max(0, to - from),
            height: bottom - area.top,
          }),
        ]),
    withoutTitle(xAxis(area, x, { title: '', ticks: 4 })),
    ...(reference === undefined
      ? []
      : [
          node('line', { class: 'guide', x1: x(reference.value), x2: x(reference.value), y1: area.top, y2: bottom }),
          node(
            'text',
            { class: 'quiet small', x: x(reference.value), y: area.top - 4, 'text-anchor': 'middle' },
            referenceWords(reference.is, t),
          ),
        ]),
    ...limits.flatMap((limit) => [
      node('line', { class: 'bound', x1: x(limit), x2: x(limit), y1: area.top - 2, y2: bottom }),
      node(
        'text',
        {
          ...{ class: 'bound-label', y: area.top - (isNear(x(limit), reference && x(reference.value)) ? 14 : 4) },
          ...{ x: x(limit), 'text-anchor': 'middle' },
        },
        formatNumber(limit),
      ),
    ]),
    ...(items.length === 0
      ? [
          node(
            'text',
            { class: 'quiet', x: LEFT - 8, y: area.top + ROW / 2 + 4, 'text-anchor': 'end' },
            nameWithin(t('nothing to measure'), LEFT - 12),
          ),
        ]
      : []),
    ...items.map((item, index) => rowOf(item, area.top + index * ROW, x, t)),
  );
}

function isNear(one: number, other: number | undefined): boolean {
  return other !== undefined && Math.abs(one - other) < 48;
}

function withoutTitle(axis: SceneNode): SceneNode {
  return { ...axis, children: (axis.children ?? []).slice(0, -1) };
}

function rowOf(item: DrawnItem, top: number, x: (value: number) => number, t: Translate): SceneNode {
  const middle = top + ROW / 2;
  const { value, interval, status, few, noise } = item;
  const clamp = (number: number): number => Math.max(LEFT, Math.min(RIGHT, x(number)));
  const symbol = status === null ? '' : `${STATUS_WORDS[status].symbol} `;
  const drawn: SceneNode[] = [
    node('text', { x: LEFT - 8, y: middle + 4, 'text-anchor': 'end' }, nameWithin(itemName(item, t), LEFT - 12)),
    ...(noise === undefined || noise === null
      ? []
      : [
          node('rect', { class: 'noise', x: LEFT, y: middle - 5, width: Math.max(0, clamp(noise) - LEFT), height: 10 }),
        ]),
    ...(interval === null
      ? []
      : [whiskerAcross(middle, clamp(interval[0]), clamp(interval[1]), few ? 'whisker-quiet' : 'whisker')]),
    ...(value === null ? [] : [node('circle', { class: pointClass(item), cx: clamp(value), cy: middle, r: 5 })]),
    node(
      'text',
      { class: 'strong', x: RIGHT + 10, y: middle + (few ? -1 : 4) },
      `${symbol}${value === null ? t('no value') : formatNumber(value)}`,
    ),
    ...(few ? [node('text', { class: 'quiet small', x: RIGHT + 10, y: middle + 10 }, t('few rows'))] : []),
  ];
  return mark(itemSentence(item, t), hitBox(0, top, WIDTH, ROW), ...drawn);
}

function pointClass({ status, few }: ForestItem): string {
  if (status === 'fail') return 'point-bad';
  if (few || status === 'not_evaluable') return 'point-quiet';
  return status === 'uncertain' ? 'point-warning' : 'point';
}

/** `female: 0.81, interval 0.79 to 0.83, 1,000 rows, pass`. */
function itemSentence(item: DrawnItem, t: Translate): string {
  const { value, interval, rows, status, few, noise } = item;
  const parts = [
    value === null ? t('no value') : formatNumber(value),
    ...(interval === null ? [] : [t('interval {0} to {1}', formatNumber(interval[0]), formatNumber(interval[1]))]),
    ...(noise === undefined || noise === null ? [] : [t('sampling alone up to {0}', formatNumber(noise))]),
    ...(rows === null ? [] : [rowsInWords(rows, t)]),
    ...(rows !== null && few ? [t('too few to say much')] : []),
    ...(status === null ? [] : [statusWord(status, t)]),
  ];
  return `${plainName(itemName(item, t))}: ${parts.join(', ')}`;
}

/** What a block's values are. Names of metrics and data stand as they are. */
export function subjectWords(subject: BlockSubject, t: Translate): string {
  switch (subject.kind) {
    case 'metric':
      return subject.metric;
    case 'slices':
      return t('{0} by {1}', subject.metric, subject.by.join(` ${t('and')} `));
    case 'drop':
      return subject.against === undefined
        ? t('Drop of {0}', subject.metric)
        : t('Drop of {0} against {1}', subject.metric, subject.against);
    case 'gap':
      return t('Drop from {0} to {1}', subject.from, subject.to);
  }
}

function referenceWords(is: NonNullable<ForestBlock['reference']>['is'], t: Translate): string {
  const words = { 'all rows': t('all rows'), alike: t('alike'), 'no worse': t('no worse') };
  return words[is];
}

export function itemName({ name, nameless }: ForestItem, t: Translate): string {
  if (nameless === undefined) return name;
  return nameless === 'all rows' ? t('all rows') : t('drop');
}

/** A scale that shows values, ends of intervals and limits; an interval far wider than most is cut off. */
function scaleOf(items: readonly DrawnItem[], limits: readonly number[]) {
  const values = items.flatMap(({ value }) => (value === null || !Number.isFinite(value) ? [] : [value]));
  const all = [...values, ...limits];
  if (all.length === 0) return scaleLinear([0, 1], [LEFT, RIGHT]);
  const widths = items
    .flatMap(({ interval }) => (interval === null ? [] : [interval[1] - interval[0]]))
    .sort((a, b) => a - b);
  const usual = (widths[Math.floor((widths.length - 1) / 2)] ?? 0) * 3;
  const ends = items.flatMap(({ interval }) =>
    interval === null || interval[1] - interval[0] > usual ? [] : interval,
  );
  const noises = items.flatMap(({ noise }) => (noise === undefined || noise === null ? [] : [0, noise]));
  const [low, high] = [Math.min(...all, ...ends, ...noises), Math.max(...all, ...ends, ...noises)];
  const room = (high - low || Math.abs(high) * 0.2 || 1) * 0.06;
  return scaleLinear([low - room, high + room], [LEFT, RIGHT]);
}
