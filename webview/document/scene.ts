import type { PackedNode, PackedScene } from '../../src/extension/protocol.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** Makes a scene's elements one by one: text becomes text nodes, and no style stands in an element. */
export function sceneElement({ width, height, nodes }: PackedScene, label: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.classList.add('picture');
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  svg.setAttribute('aria-label', label);
  svg.append(...nodes.map(elementOf));
  // A picture whose points can be visited is a group of them; one without is a single image.
  svg.setAttribute('role', svg.querySelector('.mark') === null ? 'img' : 'group');
  return svg;
}

function elementOf([tag, attributes, ...children]: PackedNode): SVGElement {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children.map((child) => (typeof child === 'string' ? child : elementOf(child))));
  return made;
}
