/** What style sheets say of a drawing and an image that stands alone has to say itself. */
const DRAWN_STYLES = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linecap'],
  ...['stroke-linejoin', 'opacity', 'font-family', 'font-size', 'font-weight', 'paint-order', 'visibility'],
] as const;
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
  for (const name of DRAWN_STYLES) {
    const value = computed.getPropertyValue(name);
    if (value !== '') to.setAttribute(name, value);
  }
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
