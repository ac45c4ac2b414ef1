import type { Plot } from '../../../../../src/checks/plots/plot.ts';
import { drawPictures } from '../../../../../src/report/pictures/draw-pictures.ts';
import type { Picture } from '../../../../../src/report/pictures/picture.ts';
import type { SceneNode } from '../../../../../src/report/pictures/scene.ts';
import { evaluated, type TestCase } from '../../../checks/support/assess-rows.ts';

/** The pictures of a policy that is made up in a test, by their ids. */
export async function drawn(made: TestCase): Promise<ReadonlyMap<string, Picture>> {
  const { plots, outcomes, policy } = await evaluated(made);
  return picturesOf(plots, { policy, outcomes: new Map(Object.entries(outcomes)) });
}

export function picturesOf(
  plots: readonly Plot[],
  context: Parameters<typeof drawPictures>[1],
): ReadonlyMap<string, Picture> {
  const pictures = drawPictures(plots, context).flatMap((section) => section.pictures);
  return new Map(pictures.map((picture) => [picture.id, picture]));
}

/** Every node of a scene, from the root down. */
export function nodesOf({ scene }: Picture): readonly SceneNode[] {
  const within = (node: SceneNode): readonly SceneNode[] => [
    node,
    ...(node.children ?? []).flatMap((child) => (typeof child === 'string' ? [] : within(child))),
  ];
  return scene.nodes.flatMap(within);
}

/** Everything that a person reads in a picture: text, labels, table. */
export function wordsOf(picture: Picture): readonly string[] {
  const inScene = nodesOf(picture).flatMap(({ attributes, children = [] }) => [
    String(attributes['aria-label'] ?? ''),
    ...children.filter((child) => typeof child === 'string'),
  ]);
  return [picture.title, picture.sentence, picture.note, ...inScene, ...picture.table.rows.flat()];
}
