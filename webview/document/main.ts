import './style.css';
import './pictures.css';
import type { PanelDocument, Passage } from '../../src/extension/protocol.ts';
import { button, checkbox, registerComponents } from '../components.ts';
import { choices, choose, keepPanel, onMessage, send } from '../host.ts';
import { element } from './elements.ts';
import { answerFocus, renderPictures } from './pictures.ts';
import { renderTable, symbolOf } from './table.ts';

registerComponents();
onMessage((message) => {
  if (message.type === 'show') {
    keepPanel(message.panel);
    render(message.document);
  }
  tell(message.notice);
});
send({ type: 'ready' });

/** Why what was shown has changed, or that it is old: said to everybody, and to a screen reader when it comes. */
function tell(notice: string): void {
  const place = document.getElementById('notice');
  if (place !== null) place.textContent = notice;
}

function render(shown: PanelDocument): void {
  const main = document.getElementById('document');
  if (main === null) return;
  const filter = shown.filter === undefined ? 'off' : choices().filter;
  document.title = shown.title;
  main.classList.toggle('beneath-picker', shown.layout !== undefined);
  const focused = document.activeElement?.id ?? '';
  main.replaceChildren(
    headerOf(shown),
    factsOf(shown),
    ...(shown.filter === undefined ? [] : [filterOf(shown, shown.filter, filter)]),
    ...renderPictures(shown),
    ...bodyOf(shown, filter),
    ...shown.footnotes.map((note) => element('p', 'footnote', note)),
  );
  // Whoever was at a picture when the run was checked again stays there.
  if (focused !== '') document.getElementById(focused)?.focus({ preventScroll: true });
  answerFocus(shown);
}

function bodyOf(shown: PanelDocument, filter: 'on' | 'off'): readonly HTMLElement[] {
  const tables = shown.tables.flatMap((table) => renderTable(table, filter) ?? []);
  const passages = (shown.passages ?? []).map(passageOf);
  if (shown.layout === undefined) return [...tables, ...passages];
  return [element('div', 'passages-beside', element('div', '', ...tables), element('div', '', ...passages))];
}

function headerOf(shown: PanelDocument): HTMLElement {
  const { verdict } = shown;
  const banner =
    verdict === undefined
      ? undefined
      : element('p', `verdict tone-${verdict.tone}`, symbolOf(verdict.symbol), verdict.text);
  const actions = shown.actions.map(({ action, label, appearance }) =>
    button(label, appearance, () => send({ type: 'act', action })),
  );
  const titles = element('div', 'titles', element('h1', '', shown.title), element('p', 'subtitle', shown.subtitle));
  return element('header', '', element('div', 'bar', titles, element('div', 'actions', ...actions)), banner);
}

function factsOf({ facts }: PanelDocument): HTMLElement {
  const entries = facts.map((fact) =>
    element('div', 'fact', element('dt', '', fact.name), element('dd', fact.kind ?? 'text', fact.value)),
  );
  return element('dl', 'facts', ...entries);
}

function passageOf({ title, paragraphs }: Passage): HTMLElement {
  const shown = paragraphs.map((each) => {
    if (typeof each === 'string') return element('p', 'prose', each);
    const code = element('pre', '', element('code', '', each.code));
    code.tabIndex = 0;
    return code;
  });
  return element('section', 'block', element('h2', '', title), ...shown);
}

function filterOf(shown: PanelDocument, label: string, filter: 'on' | 'off'): HTMLElement {
  const control = checkbox(label, filter, (state) => {
    choose({ filter: state });
    render(shown);
    document.querySelector<HTMLElement>('.filter > *')?.focus();
  });
  return element('div', 'filter', control);
}
