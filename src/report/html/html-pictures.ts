import type { Translate } from '../../base/translate.ts';
import type { Picture, PictureSection } from '../pictures/picture.ts';
import { type HtmlElement, html } from './html-element.ts';
import { type PictureOf, symbolOf } from './html-table.ts';

const MOST_PRINTED_ROWS = 24;
/** With more of them a picture may go on in the next column, or half of it would stay empty. */
const MOST_ROWS_TOGETHER = 6;

/** A picture's place in the page, by its id: ids hold names from anywhere, anchors are numbers. */
type Anchors = ReadonlyMap<string, string>;

export function pictureAnchors(sections: readonly PictureSection[]): Anchors {
  const pictures = sections.flatMap((section) => section.pictures);
  return new Map(pictures.map(({ id }, index) => [id, `picture-${index + 1}`]));
}

/** The picture that explains a check. */
export function picturesByCheck(sections: readonly PictureSection[], anchors: Anchors): PictureOf {
  const pictures = sections.flatMap((section) => section.pictures);
  return (check) => anchors.get(pictures.find(({ checks }) => checks.includes(check))?.id ?? '');
}

export function pictureSections(
  sections: readonly PictureSection[],
  anchors: Anchors,
  t: Translate,
): readonly HtmlElement[] {
  return sections.map(({ id, title, pictures }) =>
    html(
      'section',
      { id: `pictures-${id}` },
      html('h2', {}, title),
      html('div', { class: 'pictures' }, ...pictures.map((picture) => figureOf(picture, anchors, t))),
    ),
  );
}

function figureOf(
  { id, title, sentence, status, scene, note, table }: Picture,
  anchors: Anchors,
  t: Translate,
): HtmlElement {
  const anchor = anchors.get(id) ?? '';
  const heading = `${anchor}-title`;
  const isTall = table.rows.length > MOST_ROWS_TOGETHER && table.rows.length <= MOST_PRINTED_ROWS;
  return html(
    'figure',
    { id: anchor, 'aria-labelledby': heading, ...(isTall ? { class: 'tall' } : {}) },
    html(
      'div',
      { class: 'drawn' },
      html('h3', { id: heading }, title),
      html(
        'p',
        { class: `sentence tone-${status?.tone ?? 'plain'}` },
        status === undefined ? undefined : symbolOf(status.symbol),
        sentence,
      ),
      html('div', { class: 'frame' }, { scene, label: `${title}. ${sentence}` }),
      note === '' ? undefined : html('p', { class: 'note' }, note),
    ),
    dataTable(table, title, t),
  );
}

function dataTable({ columns, rows }: Picture['table'], title: string, t: Translate): HtmlElement {
  const headings = columns.map((column) => html('th', { scope: 'col', class: column.kind }, column.title));
  const body = rows.map((row) =>
    html('tr', {}, ...row.map((text, index) => html('td', { class: columns[index]?.kind ?? 'text' }, text))),
  );
  return html(
    'details',
    // Paper has room for what a reader would look at, not for every point of a curve.
    rows.length > MOST_PRINTED_ROWS ? { class: 'long' } : {},
    html('summary', {}, t('The numbers')),
    html(
      'section',
      { class: 'scroller', tabindex: '0', 'aria-label': title },
      html(
        'table',
        { 'aria-label': title },
        html('thead', {}, html('tr', {}, ...headings)),
        html('tbody', {}, ...body),
      ),
    ),
  );
}
