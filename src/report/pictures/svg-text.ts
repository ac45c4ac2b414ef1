import { SCENE_ATTRIBUTES, SCENE_TAGS, type Scene, type SceneNode } from './scene.ts';

/** What XML can't hold even as a character reference. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

/** Where a viewer lets no style sheet through, as Jenkins' does by default, a picture is a drawing in lines. */
const UNSTYLED = {
  picture: ' fill="none" stroke="currentColor" font-family="sans-serif" font-size="11"',
  text: ' fill="currentColor" stroke="none"',
};
/** What is only there to be pointed at. */
const UNSEEN: ReadonlySet<unknown> = new Set(['hit', 'stop']);

/**
 * The scene as an SVG element for a page without script; `label` is what a screen reader says of it.
 *
 * @throws where a node is none of the allowed: a bug, since scenes are made by our own code
 */
export function sceneToSvgText({ width, height, nodes }: Scene, label: string): string {
  const inside = nodes.map(nodeToText).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" class="picture"${UNSTYLED.picture} viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeXml(label)}">${inside}</svg>`;
}

function nodeToText({ tag, attributes, children = [] }: SceneNode): string {
  if (!SCENE_TAGS.includes(tag)) throw new Error(`“${tag}” is not drawn in pictures`);
  const written = Object.entries(attributes).map(([name, value]) => {
    if (!(SCENE_ATTRIBUTES as readonly string[]).includes(name)) throw new Error(`“${name}” is not set in pictures`);
    // Without a script nothing moves the focus, so nothing takes it.
    return name === 'tabindex' || name === 'data-mark' ? '' : ` ${name}="${escapeXml(String(value))}"`;
  });
  if (tag === 'text') written.push(UNSTYLED.text);
  else if (UNSEEN.has(attributes.class)) written.push(' stroke="none"');
  // What a panel reads out beside the picture, a page without script shows under the pointer.
  const label = attributes['aria-label'];
  const title = label === undefined ? '' : `<title>${escapeXml(String(label))}</title>`;
  const content = children.map((child) => (typeof child === 'string' ? escapeXml(child) : nodeToText(child))).join('');
  if (title !== '') return `<${tag}${written.join('')}>${title}${content}</${tag}>`;
  return content === '' ? `<${tag}${written.join('')}/>` : `<${tag}${written.join('')}>${content}</${tag}>`;
}

/** Untrusted text between tags or in a quoted attribute, of XML and of HTML. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(NO_XML, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
