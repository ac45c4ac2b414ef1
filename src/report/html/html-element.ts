import { bidiPieces } from '../../base/bidi.ts';
import type { Scene } from '../pictures/scene.ts';
import { escapeXml, sceneToSvgText } from '../pictures/svg-text.ts';

/** What the report's page is made of. Nothing that loads, runs or leads away, so that no text can become any of it. */
const TAGS = [
  ...([
    'a',
    'body',
    'caption',
    'code',
    'dd',
    'details',
    'div',
    'dl',
    'dt',
    'figure',
    'footer',
    'h1',
    'h2',
    'h3',
  ] as const),
  ...([
    'head',
    'header',
    'html',
    'li',
    'main',
    'nav',
    'p',
    'pre',
    'section',
    'span',
    'summary',
    'table',
    'tbody',
  ] as const),
  ...(['td', 'th', 'thead', 'title', 'tr', 'ul'] as const),
] as const;
export type HtmlTag = (typeof TAGS)[number];

const ATTRIBUTES = [
  'aria-hidden',
  'aria-label',
  'aria-labelledby',
  'class',
  'colspan',
  'href',
  'id',
  'lang',
  'role',
  'scope',
  'tabindex',
] as const;
export type HtmlAttributes = Readonly<Partial<Record<(typeof ATTRIBUTES)[number], string>>>;

export interface HtmlElement {
  readonly tag: HtmlTag;
  readonly attributes: HtmlAttributes;
  readonly children: readonly HtmlChild[];
}

/** A drawing; `label` is what a screen reader says of it. */
export interface HtmlPicture {
  readonly scene: Scene;
  readonly label: string;
}

/** Text is text: the only way into the page, and always escaped. */
export type HtmlChild = HtmlElement | HtmlPicture | string;

export function html(
  tag: HtmlTag,
  attributes: HtmlAttributes,
  ...children: readonly (HtmlChild | undefined)[]
): HtmlElement {
  return { tag, attributes, children: children.filter((child) => child !== undefined) };
}

/** Elements that stand on lines of their own, so that two reports can be compared line by line. */
const OWN_LINE: ReadonlySet<HtmlTag> = new Set([
  'body',
  'dl',
  'details',
  'figure',
  'footer',
  'h1',
  'h2',
  'h3',
  'head',
  'header',
  'main',
  'nav',
  'pre',
  'section',
  'table',
  'tbody',
  'thead',
  'tr',
]);

/**
 * The element as text.
 *
 * @throws where an element, attribute or link is none of the allowed: a bug, since the page is made by our own code
 */
export function htmlText({ tag, attributes, children }: HtmlElement): string {
  if (!TAGS.includes(tag)) throw new Error(`“${tag}” does not stand in a report`);
  const written = Object.entries(attributes).map(([name, value]) => attributeText(name, value));
  const end = OWN_LINE.has(tag) ? '\n' : '';
  return `<${tag}${written.join('')}>${children.map((child) => childText(child, tag)).join('')}</${tag}>${end}`;
}

function attributeText(name: string, value: string): string {
  if (!(ATTRIBUTES as readonly string[]).includes(name)) throw new Error(`“${name}” is not set in a report`);
  if (name === 'href' && !/^#[\w-]+$/.test(value)) throw new Error('A report links to nothing but itself');
  return ` ${name}="${escapeXml(value)}"`;
}

function childText(child: HtmlChild, inside: HtmlTag): string {
  // A title takes no markup.
  if (typeof child === 'string') return inside === 'title' ? escapeXml(child) : textInPieces(child);
  return 'scene' in child ? sceneToSvgText(child.scene, child.label) : htmlText(child);
}

/** Names that run from right to left reorder nothing around them. In pieces or whole, a text is one item of its row. */
function textInPieces(text: string): string {
  const pieces = bidiPieces(text).map((piece) =>
    piece.kind === 'plain' ? escapeXml(piece.text) : `<bdi>${escapeXml(piece.text)}</bdi>`,
  );
  return pieces.length < 2 ? pieces.join('') : `<span>${pieces.join('')}</span>`;
}
