import type {
  DataTable,
  PanelDocument,
  PictureSection,
  PictureWords,
  ShownPicture,
} from '../../src/extension/protocol.ts';
import { button } from '../components.ts';
import { choices, choose, send, toggled } from '../host.ts';
import { pngOf, standaloneSvg } from './copy-picture.ts';
import { element } from './elements.ts';
import { visitMarks } from './marks.ts';
import { sceneElement } from './scene.ts';
import { symbolOf } from './table.ts';
import { thresholdSlider } from './threshold-slider.ts';

/** The pictures, section by section; each section can be closed, and stays closed. */
export function renderPictures({ pictures }: PanelDocument): readonly HTMLElement[] {
  if (pictures === undefined) return [];
  return pictures.sections.map((section) => sectionOf(section, pictures.words));
}

/** Brings the picture that was asked for into view, once. */
export function answerFocus({ focus }: PanelDocument): void {
  if (focus === undefined || focus.request === choices().answered) return;
  const card = document.getElementById(focus.picture);
  if (card === null) return;
  choose({ answered: focus.request });
  const section = card.closest('details');
  if (section !== null) section.open = true;
  card.scrollIntoView({ block: 'start' });
  card.focus({ preventScroll: true });
}

function sectionOf({ id, title, pictures }: PictureSection, words: PictureWords): HTMLElement {
  const section = element(
    'details',
    'block section',
    element('summary', '', element('h2', '', title)),
    element('div', 'pictures', ...pictures.map((picture) => cardOf(picture, words))),
  );
  section.open = !choices().closed.includes(id);
  section.addEventListener('toggle', () => {
    choose({ closed: toggled(choices().closed, id, section.open ? 'out' : 'in') });
  });
  return section;
}

function cardOf(picture: ShownPicture, words: PictureWords): HTMLElement {
  const { id, title, sentence, status, note, scene, table, slider } = picture;
  const heading = element('h3', '', title);
  const svg = sceneElement(scene, `${title}. ${sentence}`);
  const readout = element('p', 'readout quiet', words.hint);
  const said =
    status === undefined
      ? element('p', 'sentence', sentence)
      : element('p', `sentence tone-${status.tone}`, symbolOf(status.symbol), sentence);
  const tableBox = element('div', 'data-table');
  const feedback = element('span', 'feedback');
  feedback.setAttribute('role', 'status');
  const frame = element('div', 'frame', svg);
  const drawing = element(
    'div',
    'drawing',
    frame,
    svg.querySelector('.mark') === null ? undefined : readout,
    note === '' ? undefined : element('p', 'picture-note', note),
  );
  const sliding = slider === undefined ? undefined : thresholdSlider({ id, title, slider }, svg, words);
  const card = element(
    'figure',
    slider === undefined ? 'card' : 'card wide',
    heading,
    said,
    sliding === undefined ? drawing : element('div', 'beside', drawing, sliding),
    toolbar(picture, { svg, feedback, tableBox, words }),
    tableBox,
  );
  card.id = id;
  card.tabIndex = -1;
  card.setAttribute('aria-label', title);
  visitMarks(frame, readout, words.hint);
  if (choices().tables.includes(id)) tableBox.append(dataTable(table, title));
  return card;
}

interface CardParts {
  readonly svg: SVGSVGElement;
  readonly feedback: HTMLElement;
  readonly tableBox: HTMLElement;
  readonly words: PictureWords;
}

function toolbar({ id, title, table }: ShownPicture, { svg, feedback, tableBox, words }: CardParts): HTMLElement {
  const say = (work: () => unknown) => async (): Promise<void> => {
    feedback.textContent = '';
    try {
      await work();
      feedback.textContent = words.copied;
    } catch {
      feedback.textContent = words.notCopied;
    }
  };
  const toggle = button(words.table, 'secondary', () => {
    const isOpen = tableBox.firstChild !== null;
    tableBox.replaceChildren(...(isOpen ? [] : [dataTable(table, title)]));
    toggle.setAttribute('aria-pressed', String(!isOpen));
    choose({ tables: toggled(choices().tables, id, isOpen ? 'out' : 'in') });
  });
  toggle.setAttribute('aria-pressed', String(choices().tables.includes(id)));
  const named = (label: string, work: () => unknown): HTMLElement => {
    const made = button(label, 'secondary', say(work));
    made.setAttribute('aria-label', `${label}: ${title}`);
    return made;
  };
  return element(
    'div',
    'card-tools',
    toggle,
    named(words.copyPng, () =>
      // The promise goes in, not its result: the permission lasts only as long as the click.
      navigator.clipboard.write([new ClipboardItem({ 'image/png': pngOf(svg, title) })]),
    ),
    named(words.copySvg, () => navigator.clipboard.writeText(standaloneSvg(svg, title).text)),
    named(words.copyCsv, () => send({ type: 'copy', picture: id })),
    feedback,
  );
}

function dataTable({ columns, rows }: DataTable, title: string): HTMLElement {
  const headings = columns.map((column) => {
    const heading = element('th', column.kind, column.title);
    heading.scope = 'col';
    return heading;
  });
  const body = rows.map((row) =>
    element('tr', 'row', ...row.map((text, index) => element('td', columns[index]?.kind ?? 'text', text))),
  );
  const table = element(
    'table',
    'plain',
    element('thead', '', element('tr', '', ...headings)),
    element('tbody', '', ...body),
  );
  table.setAttribute('aria-label', title);
  const scroller = element('div', 'scroller tall', table);
  scroller.tabIndex = 0;
  scroller.setAttribute('role', 'region');
  scroller.setAttribute('aria-label', title);
  return scroller;
}
