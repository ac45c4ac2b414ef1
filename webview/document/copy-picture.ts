/** What style sheets say of a drawing and an image that stands alone has to say itself; what SVG takes for granted need not be said. */
const DRAWN_STYLES = {
  ...{ fill: 'rgb(0, 0, 0)', 'fill-opacity': '1', stroke: 'none', 'stroke-width': '1px', 'stroke-opacity': '1' },
  ...{ 'stroke-dasharray': 'none', 'stroke-linecap': 'butt', 'stroke-linejoin': 'miter', opacity: '1' },
  ...{ 'paint-order': 'normal', visibility: 'visible' },
} as const;
const TEXT_STYLES = ['font-family', 'font-size', 'font-weight'] as const;
const MARGIN = 12;
/** Pixels of the PNG for each of the picture's, so that it is sharp on any screen. */
const PNG_SCALE = 2;

/** The drawing as it is seen now, colours and all, as the text of an SVG file. */
export function standaloneSvg(svg: SVGSVGElement, title: string): { text: string; width: number; height: number } {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const drawn = [svg, ...svg.querySelectorAll<SVGElement>('*')];
  const copied = [copy, ...copy.querySelectorAll<SVGElement>('*')];
  for (const [index, element] of copied.entries()) {
    const original = drawn[index];
    if (original !== undefined) writeStyles(original, element);
    for (const name of ['class', 'tabindex', 'data-mark', 'id']) element.removeAttribute(name);
  }
  const [, , width = 0, height = 0] = (svg.getAttribute('viewBox') ?? '').split(' ').map(Number);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('viewBox', `${-MARGIN} ${-MARGIN} ${width + 2 * MARGIN} ${height + 2 * MARGIN}`);
  const size = { width: width + 2 * MARGIN, height: height + 2 * MARGIN };
  copy.setAttribute('width', String(size.width));
  copy.setAttribute('height', String(size.height));
  copy.setAttribute('role', 'img');
  copy.setAttribute('aria-label', title);
  copy.prepend(paper(size));
  return { text: new XMLSerializer().serializeToString(copy), ...size };
}

/** The drawing as it is seen now, as the bytes of a PNG file. */
export async function pngOf(svg: SVGSVGElement, title: string): Promise<Blob> {
  const { text, width, height } = standaloneSvg(svg, title);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * PNG_SCALE;
  canvas.height = height * PNG_SCALE;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('There is no image.')) : resolve(blob)), 'image/png');
  });
}

function writeStyles(from: Element, to: Element): void {
  const computed = getComputedStyle(from);
  if (from.localName === 'text') {
    for (const name of TEXT_STYLES) to.setAttribute(name, computed.getPropertyValue(name));
  }
  if (!DRAWN_ELEMENTS.has(from.localName)) return;
  for (const [name, usual] of Object.entries(DRAWN_STYLES)) {
    const value = computed.getPropertyValue(name);
    if (value !== '' && value !== usual) to.setAttribute(name, value);
  }
  for (const name of ['fill', 'stroke']) writePlainColour(name, to);
}

const DRAWN_ELEMENTS = new Set(['path', 'line', 'rect', 'circle', 'text']);
const WITH_ALPHA =
  /^(?:rgba\(([\d.]+), ([\d.]+), ([\d.]+), ([\d.]+)\)|color\(srgb ([\d.]+) ([\d.]+) ([\d.]+)(?: \/ ([\d.]+))?\))$/;

/** Programs that draw SVG know colours of three numbers; how opaque they are stands beside. */
function writePlainColour(name: string, element: Element): void {
  const [, red, green, blue, alpha, r, g, b, a] = WITH_ALPHA.exec(element.getAttribute(name) ?? '') ?? [];
  const parts = red === undefined ? [r, g, b].map((part) => Math.round(Number(part) * 255)) : [red, green, blue];
  if (red === undefined && r === undefined) return;
  element.setAttribute(name, `rgb(${parts.join(', ')})`);
  const opacity = Number(alpha ?? a ?? 1) * Number(element.getAttribute(`${name}-opacity`) ?? 1);
  if (opacity < 1) element.setAttribute(`${name}-opacity`, String(opacity));
}

/** What lies under the drawing: a picture that is copied from a dark editor has light text. */
function paper({ width, height }: { width: number; height: number }): SVGElement {
  const rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  rect.setAttribute('x', String(-MARGIN));
  rect.setAttribute('y', String(-MARGIN));
  rect.setAttribute('width', String(width));
  rect.setAttribute('height', String(height));
  rect.setAttribute('fill', getComputedStyle(document.body).backgroundColor);
  return rect;
}
