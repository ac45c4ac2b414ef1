import type { ScaleLinear, ScaleLogarithmic } from 'd3-scale';
import { f } from './marks.ts';
import { group, node, type SceneNode } from './scene.ts';
import { axisNumber, widthOf } from './text.ts';

/** Every picture is drawn this wide, so that a card of one column holds it without scaling its text. */
export const WIDTH = 480;

/** A scale of numbers onto pixels. */
export type Scale = ScaleLinear<number, number> | ScaleLogarithmic<number, number>;

/** Where data are drawn, within the margins for axes. */
export interface PlotArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface AxisOptions {
  readonly title: string;
  readonly ticks?: number;
  /** Where ticks stand, instead of where the scale puts them. */
  readonly at?: readonly number[];
  readonly format?: (value: number) => string;
  readonly grid?: 'grid' | 'no grid';
  /** Between which pixels the labels of a horizontal axis have to lie; the whole picture when absent. */
  readonly within?: readonly [number, number];
}

/** The horizontal axis below the area, with its title. */
export function xAxis(area: PlotArea, scale: Scale, options: AxisOptions): SceneNode {
  const { title, grid = 'grid', within = [0, WIDTH] } = options;
  const ticks = options.at ?? scale.ticks(options.ticks ?? 5);
  const format = options.format ?? axisNumber(ticks);
  const labels = readableLabels(
    ticks.map((tick) => ({ x: scale(tick), text: format(tick) })),
    within,
  );
  return node(
    'g',
    { class: 'x-axis', 'aria-hidden': 'true' },
    grid === 'grid'
      ? node('path', {
          class: 'grid',
          d: ticks.map((tick) => `M${f(scale(tick))} ${area.top}V${area.bottom}`).join(''),
        })
      : undefined,
    node('line', { class: 'axis', x1: area.left, x2: area.right, y1: area.bottom, y2: area.bottom }),
    ...labels.map(({ x, text }) =>
      node('text', { class: 'quiet', x, y: area.bottom + 15, 'text-anchor': 'middle' }, text),
    ),
    node(
      'text',
      { x: (area.left + area.right) / 2, y: area.bottom + (ticks.length === 0 ? 18 : 33), 'text-anchor': 'middle' },
      title,
    ),
  );
}

interface Label {
  readonly x: number;
  readonly text: string;
}

/** Every label that lies within the pixels, or every second, third … one where they would touch each other. */
function readableLabels(labels: readonly Label[], [left, right]: readonly [number, number]): readonly Label[] {
  const inside = labels.filter(({ x, text }) => x - widthOf(text) / 2 >= left && x + widthOf(text) / 2 <= right);
  for (let step = 1; step < inside.length; step += 1) {
    const kept = inside.filter((_, index) => index % step === 0);
    if (kept.every((label, index) => index === 0 || isApart(kept[index - 1] as Label, label))) return kept;
  }
  return inside.slice(0, 1);
}

function isApart(one: Label, next: Label): boolean {
  return Math.abs(next.x - one.x) >= (widthOf(one.text) + widthOf(next.text)) / 2 + 4;
}

/** The vertical axis left of the area; its title lies on its side. */
export function yAxis(area: PlotArea, scale: Scale, options: AxisOptions): SceneNode {
  const { title, grid = 'grid' } = options;
  const ticks = options.at ?? scale.ticks(options.ticks ?? 5);
  const format = options.format ?? axisNumber(ticks);
  const middle = (area.top + area.bottom) / 2;
  return node(
    'g',
    { class: 'y-axis', 'aria-hidden': 'true' },
    grid === 'grid'
      ? node('path', {
          class: 'grid',
          d: ticks.map((tick) => `M${area.left} ${f(scale(tick))}H${area.right}`).join(''),
        })
      : undefined,
    node('line', { class: 'axis', x1: area.left, x2: area.left, y1: area.top, y2: area.bottom }),
    ...ticks.map((tick) =>
      node('text', { class: 'quiet', x: area.left - 6, y: scale(tick) + 4, 'text-anchor': 'end' }, format(tick)),
    ),
    title === ''
      ? undefined
      : node(
          'text',
          { x: 0, y: 0, 'text-anchor': 'middle', transform: `translate(13 ${Math.round(middle)}) rotate(-90)` },
          title,
        ),
  );
}

/** One entry for each series: its sample and its name, in a row. */
export function legend(
  entries: readonly { readonly name: string; readonly sample: 'line' | 'bar' | 'point'; readonly className: string }[],
  { x, y }: { readonly x: number; readonly y: number },
): SceneNode {
  let at = x;
  const drawn = entries.flatMap(({ name, sample, className }) => {
    const start = at;
    at += 28 + widthOf(name) + 14;
    return [sampleOf(sample, className, start, y), node('text', { class: 'halo', x: start + 28, y: y + 4 }, name)];
  });
  return group('legend', ...drawn);
}

function sampleOf(sample: 'line' | 'bar' | 'point', className: string, x: number, y: number): SceneNode {
  if (sample === 'line') return node('line', { class: className, x1: x, x2: x + 22, y1: y, y2: y });
  if (sample === 'bar') return node('rect', { class: className, x: x + 2, y: y - 5, width: 18, height: 10 });
  return node('circle', { class: className, cx: x + 12, cy: y, r: 4.5 });
}
