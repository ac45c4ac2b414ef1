import type { Translate } from '../../base/translate.ts';
import { assessmentDocument } from '../document/assessment-document.ts';
import type { Document, Fact, Passage, Table } from '../document/document.ts';
import type { ReportMaterial } from '../document/report-material.ts';
import type { PictureSection } from '../pictures/picture.ts';
import { type HtmlElement, html } from './html-element.ts';
import { htmlPage } from './html-page.ts';
import { pictureAnchors, pictureSections, picturesByCheck } from './html-pictures.ts';
import { symbolOf, tableSection } from './html-table.ts';

export interface HtmlReport {
  readonly material: ReportMaterial;
  readonly pictures: readonly PictureSection[];
  /** The language that `t` speaks, as BCP 47. */
  readonly language: string;
  readonly t: Translate;
}

/** The assessment as one file for the audit's archive: for every browser, without script, and for paper. */
export function renderAssessmentHtml({ material, pictures, language, t }: HtmlReport): string {
  const document = assessmentDocument(material, t);
  const { assessment, digest } = material;
  return htmlPage({
    language,
    title: document.title,
    printed: {
      head: `${assessment.project} / ${assessment.model} · ${assessment.run.name}`,
      foot: `sha256 ${digest}`,
      page: t('Page'),
    },
    body: html('body', {}, mainOf(document, pictures, t), footerOf(document)),
  });
}

function mainOf(document: Document, pictures: readonly PictureSection[], t: Translate): HtmlElement {
  const anchors = pictureAnchors(pictures);
  const pictureOf = picturesByCheck(pictures, anchors);
  const [before, after] = aroundPictures(document.tables).map((tables) =>
    tables.map((table) => tableSection(table, pictureOf)),
  );
  const passages = (document.passages ?? []).map(passageSection);
  return html(
    'main',
    {},
    headerOf(document),
    html('dl', { class: 'facts' }, ...document.facts.map(factOf)),
    contentsOf(document, pictures, t),
    ...(before ?? []),
    ...pictureSections(pictures, anchors, t),
    ...(after ?? []),
    ...passages,
  );
}

/** Who decides reads what was found and who signed; pictures explain it; the rest is for looking up. */
const BEFORE_PICTURES: ReadonlySet<string> = new Set(['checks', 'said', 'approvals', 'reasons']);

function aroundPictures(tables: readonly Table[]): readonly [readonly Table[], readonly Table[]] {
  const isBefore = ({ id }: Table): boolean => BEFORE_PICTURES.has(id);
  return [tables.filter(isBefore), tables.filter((table) => !isBefore(table))];
}

function headerOf({ title, subtitle, verdict }: Document): HtmlElement {
  return html(
    'header',
    {},
    html('h1', {}, title),
    html('p', { class: 'subtitle' }, subtitle),
    verdict === undefined
      ? undefined
      : html('p', { class: `verdict tone-${verdict.tone}` }, symbolOf(verdict.symbol), verdict.text),
  );
}

function factOf({ name, value, kind }: Fact): HtmlElement {
  return html('div', {}, html('dt', {}, name), html('dd', { class: kind ?? 'text' }, value));
}

function contentsOf(
  { tables, passages = [] }: Document,
  pictures: readonly PictureSection[],
  t: Translate,
): HtmlElement {
  const [before, after] = aroundPictures(tables);
  const entries = [
    ...before,
    ...pictures.map(({ id, title }) => ({ id: `pictures-${id}`, title })),
    ...after,
    ...passages,
  ];
  const links = entries.map(({ id, title }) => html('li', {}, html('a', { href: `#${id}` }, title)));
  return html('nav', { 'aria-label': t('Contents') }, html('ul', {}, ...links));
}

function passageSection({ id, title, paragraphs }: Passage): HtmlElement {
  const shown = paragraphs.map((each) =>
    typeof each === 'string' ? html('p', {}, each) : html('pre', { tabindex: '0' }, html('code', {}, each.code)),
  );
  return html('section', { id, class: 'prose' }, html('h2', {}, title), ...shown);
}

function footerOf({ footnotes }: Document): HtmlElement {
  return html('footer', {}, ...footnotes.map((note) => html('p', {}, note)));
}
