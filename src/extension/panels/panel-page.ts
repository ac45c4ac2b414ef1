import { PICTURE_STYLE } from '../../report/pictures/style.ts';

/** What the page needs to know of its webview. */
export interface PageParts {
  readonly scriptUri: string;
  readonly styleUri: string;
  /** The source of our own files, as the webview names it. */
  readonly cspSource: string;
  /** New for each page. */
  readonly nonce: string;
  readonly language: string;
  readonly title: string;
}

/**
 * The page of a panel: nothing but the frame, since what it shows comes as a message and becomes text nodes.
 * The toolkit's style sheets take their nonce from `csp-nonce`; without it they would be refused.
 */
export function panelPage({ scriptUri, styleUri, cspSource, nonce, language, title }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    // A picture that is copied as PNG is drawn from its own SVG.
    'img-src data:',
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta property="csp-nonce" content="${nonce}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escapeAttribute(styleUri)}">
<style nonce="${nonce}">${PICTURE_STYLE}</style>
<title>${escapeAttribute(title)}</title>
</head>
<body>
<div id="notice" class="notice" role="status"></div>
<main id="document"></main>
<script nonce="${nonce}" src="${escapeAttribute(scriptUri)}"></script>
</body>
</html>`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
