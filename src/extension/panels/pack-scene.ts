import type { Scene, SceneNode } from '../../report/pictures/scene.ts';
import type { PackedNode, PackedScene } from '../protocol.ts';

/** A scene without the names of its parts, which are the same in every node and half of what would be posted. */
export function packScene({ width, height, nodes }: Scene): PackedScene {
  return { width, height, nodes: nodes.map(packNode) };
}

function packNode({ tag, attributes, children = [] }: SceneNode): PackedNode {
  return [tag, attributes, ...children.map((child) => (typeof child === 'string' ? child : packNode(child)))];
}
