import { node, type SceneNode } from './scene.ts';

/**
 * A place in a picture that can be pointed at and reached by keyboard: its label is what is read then. Panels let the
 * arrow keys move between the marks of a picture, in the order in which they are drawn.
 */
export function mark(label: string, ...drawn: readonly SceneNode[]): SceneNode {
  return node('g', { class: 'mark', role: 'img', 'aria-label': label }, ...drawn);
}

/** A circle that is easily hit, around a point that may be small or not drawn at all until it is chosen. */
export function hitCircle(x: number, y: number, radius = 9): SceneNode {
  return node('circle', { class: 'hit', cx: x, cy: y, r: radius });
}

export function hitBox(x: number, y: number, width: number, height: number): SceneNode {
  return node('rect', { class: 'hit', x, y, width: Math.max(0, width), height: Math.max(0, height) });
}

/** A whisker from `low` to `high` with little ends. */
export function whiskerAcross(y: number, low: number, high: number, className = 'whisker'): SceneNode {
  const end = 4;
  return node('path', {
    class: className,
    d: `M${f(low)} ${f(y - end)}V${f(y + end)}M${f(low)} ${f(y)}H${f(high)}M${f(high)} ${f(y - end)}V${f(y + end)}`,
  });
}

export function whiskerUp(x: number, low: number, high: number, className = 'whisker'): SceneNode {
  const end = 4;
  return node('path', {
    class: className,
    d: `M${f(x - end)} ${f(low)}H${f(x + end)}M${f(x)} ${f(low)}V${f(high)}M${f(x - end)} ${f(high)}H${f(x + end)}`,
  });
}

/** A number of a path: to a tenth of a pixel, which nobody sees the end of. */
export function f(value: number): string {
  return String(Math.round(value * 10) / 10);
}
