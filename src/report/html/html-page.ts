import { sha256Hex } from '../../base/hashing.ts';
import { PICTURE_STYLE } from '../pictures/style.ts';
import { escapeXml } from '../pictures/svg-text.ts';
import { type HtmlElement, htmlText } from './html-element.ts';
import { REPORT_STYLE } from './report-style.ts';

export interface HtmlPage {
  /** BCP 47. */
  readonly language: string;
  readonly title: string;
  /** Stand at the top and the foot of every printed page. */
  readonly printed: { readonly head: string; readonly foot: string; readonly page: string };
  readonly body: HtmlElement;
}

/**
 * The page in one file. It runs no script, loads nothing and sends nothing, whatever stands in it: its own policy forbids
 * all but this very style sheet, which is named by its digest.
 */
export function htmlPage({ language, title, printed, body }: HtmlPage): string {
  const style = `\n${REPORT_STYLE}${PICTURE_STYLE}${printStyle(printed)}`;
  const digest = Buffer.from(sha256Hex(style), 'hex').toString('base64');
  const policy = `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${escapeXml(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeXml(title)}</title>
<style>${style}</style>
</head>
${htmlText(body)}</html>
`;
}

/** What a printer puts around the text: paper that lies about must tell what it belongs to. */
function printStyle({ head, foot, page }: HtmlPage['printed']): string {
  return `@page {
  size: A4; margin: 20mm 16mm 18mm;
  @top-left { content: ${styleText(head)}; font: 8pt sans-serif; color: #555; }
  @bottom-left { content: ${styleText(foot)}; font: 7pt monospace; color: #555; }
  @bottom-right { content: ${styleText(page)} " " counter(page) " / " counter(pages); font: 8pt sans-serif; color: #555; }
}
`;
}

/** A text in a style sheet: every character that is no plain letter or digit is written by its number, so none can end it. */
function styleText(text: string): string {
  const written = text.replaceAll(
    /[^A-Za-z0-9]/gu,
    (character) => `\\${(character.codePointAt(0) ?? 0).toString(16)} `,
  );
  return `"${written}"`;
}
