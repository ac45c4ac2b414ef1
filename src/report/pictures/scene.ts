/**
 * A drawing as plain data: a tree of the few SVG elements and attributes that pictures need. The same scene becomes the
 * text of a static report (`svg-text.ts`) and, in a panel, elements made one by one, so that drawing is written once,
 * nothing untrusted is ever parsed as markup, and no style stands in an element. Classes are `style.ts`'s.
 */
export const SCENE_TAGS = ['g', 'path', 'line', 'rect', 'circle', 'text', 'title', 'desc'] as const;
export type SceneTag = (typeof SCENE_TAGS)[number];

// biome-ignore format: one line each for the same kind of attribute.
export const SCENE_ATTRIBUTES = [
  'class', 'd', 'x', 'y', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'rx', 'width', 'height', 'transform',
  'text-anchor', 'role', 'aria-label', 'aria-hidden', 'tabindex', 'data-mark',
] as const;
export type SceneAttribute = (typeof SCENE_ATTRIBUTES)[number];

export type SceneAttributes = Readonly<Partial<Record<SceneAttribute, string | number>>>;

export interface SceneNode {
  readonly tag: SceneTag;
  readonly attributes: SceneAttributes;
  readonly children?: readonly (SceneNode | string)[];
}

/** In units of one pixel at the size that it is drawn for; it may be scaled. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly SceneNode[];
}

/** Numbers are written to a hundredth of a pixel. */
export function node(
  tag: SceneTag,
  attributes: SceneAttributes,
  ...children: readonly (SceneNode | string | undefined)[]
): SceneNode {
  const rounded = Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, typeof value === 'number' ? round(value) : value]),
  );
  const kept = children.filter((child) => child !== undefined);
  return kept.length === 0 ? { tag, attributes: rounded } : { tag, attributes: rounded, children: kept };
}

export function group(className: string, ...children: readonly (SceneNode | undefined)[]): SceneNode {
  return node('g', { class: className }, ...children);
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
