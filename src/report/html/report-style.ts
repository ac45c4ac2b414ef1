/**
 * How the static report looks: quiet, in two themes, and on paper. Statuses are told by symbol and word; colour only adds.
 * Fonts are the reader's own, since nothing may be loaded.
 */
export const REPORT_STYLE = `:root {
  color-scheme: light dark;
  --ink: #1f2328; --quiet: #59636e; --paper: #ffffff; --sheet: #f6f8fa; --line: #d1d9e0;
  --good: #1a7f37; --bad: #cf222e; --warning: #9a6700; --link: #0550ae;
  --picture-ink: var(--ink); --picture-quiet: var(--quiet); --picture-paper: var(--paper);
  --picture-axis: #818b98; --picture-grid: #e4e8ec;
  --picture-1: #0969da; --picture-2: #bc4c00; --picture-3: #1a7f37; --picture-4: #8250df; --picture-5: #a5457f; --picture-6: #cf222e;
  --picture-good: var(--good); --picture-bad: var(--bad); --picture-warning: var(--warning); --picture-bound: #8250df;
  --picture-font: system-ui, sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6edf3; --quiet: #9da7b1; --paper: #0d1117; --sheet: #161b22; --line: #3d444d;
    --good: #3fb950; --bad: #ff7b72; --warning: #d29922; --link: #79c0ff;
    --picture-axis: #7d8590; --picture-grid: #262c36;
    --picture-1: #58a6ff; --picture-2: #f0883e; --picture-3: #3fb950; --picture-4: #bc8cff; --picture-5: #d67fb5; --picture-6: #ff7b72;
    --picture-bound: #bc8cff;
  }
}
@media (forced-colors: active) {
  :root {
    --picture-ink: CanvasText; --picture-quiet: CanvasText; --picture-paper: Canvas; --picture-axis: CanvasText; --picture-grid: color-mix(in srgb, CanvasText 35%, Canvas);
    --picture-bound: CanvasText;
  }
}
body { margin: 0; color: var(--ink); background: var(--paper); font: 15px/1.55 system-ui, sans-serif; }
main, body > footer { box-sizing: border-box; max-width: 1120px; margin: 0 auto; padding: 0 clamp(16px, 4vw, 40px); }
main { padding-top: 36px; }
body > footer { padding-top: 24px; padding-bottom: 48px; color: var(--quiet); font-size: 0.87em; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 1.9em; font-weight: 650; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 0 0 6px; font-size: 1.25em; font-weight: 650; }
h3 { margin: 0; font-size: 1.02em; font-weight: 650; overflow-wrap: anywhere; }
p { margin: 0; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible, .scroller:focus-visible, pre:focus-visible { outline: 2px solid var(--link); outline-offset: 1px; }
.subtitle, .lead, .notes, dt, figure .note, summary { color: var(--quiet); }
.subtitle { margin-top: 2px; font-size: 1.07em; overflow-wrap: anywhere; }
.lead { max-width: 76ch; margin-bottom: 6px; }
.verdict { display: flex; gap: 12px; align-items: baseline; margin-top: 20px; padding: 14px 18px; border: 1px solid var(--line); border-inline-start: 5px solid var(--tone); border-radius: 4px; background: var(--sheet); font-size: 1.25em; font-weight: 650; overflow-wrap: anywhere; }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 5px 28px; align-items: baseline; margin: 22px 0 0; }
.facts > div { display: contents; }
dt { font-size: 0.93em; }
dd { margin: 0; overflow-wrap: anywhere; }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 22px 0 0; padding: 10px 0; border-block: 1px solid var(--line); list-style: none; font-size: 0.93em; }
main > section { margin-top: 40px; scroll-margin-top: 16px; }
.scroller { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.93em; }
th, td { padding: 7px 10px; border-bottom: 1px solid var(--line); text-align: start; vertical-align: baseline; }
th:first-child, td:first-child { padding-inline-start: 2px; }
td { min-width: 7.5em; overflow-wrap: anywhere; }
thead th { color: var(--quiet); font-size: 0.93em; font-weight: 500; }
th.group { padding-top: 20px; font-weight: 650; }
.number { font-variant-numeric: tabular-nums; text-align: end; }
td.number { min-width: 0; overflow-wrap: normal; white-space: pre; }
.code { font-family: ui-monospace, monospace; font-size: 0.86em; }
dd.code { font-size: 0.87em; }
td:has(> .symbol) { white-space: nowrap; }
tr:has(+ .more) > td { padding-bottom: 1px; border-bottom: 0; }
.more > td { padding-top: 0; }
td:has(> .symbol) { width: 1%; }
.notes { font-size: 0.95em; }
.notes > div { max-width: 92ch; }
.symbol { display: inline-block; width: 1.5em; color: var(--tone); font-weight: 700; }
.tone-good { --tone: var(--good); } .tone-bad { --tone: var(--bad); } .tone-warning { --tone: var(--warning); }
.tone-plain, .tone-quiet { --tone: currentcolor; } td.tone-quiet { color: var(--quiet); }
pre { margin: 8px 0 14px; padding: 10px 14px; border: 1px solid var(--line); border-radius: 4px; background: var(--sheet); font: 0.87em/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.prose p { max-width: 76ch; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(430px, 100%), 1fr)); gap: 20px; align-items: start; margin-top: 10px; }
figure { box-sizing: border-box; min-width: 0; margin: 0; padding: 16px 18px; border: 1px solid var(--line); border-radius: 4px; scroll-margin-top: 16px; }
.sentence { display: flex; margin: 4px 0 10px; overflow-wrap: anywhere; }
.sentence > .symbol { flex: none; }
figure .note { margin-top: 6px; font-size: 0.9em; }
.frame { overflow-x: auto; }
.picture { display: block; width: 100%; max-width: 560px; height: auto; margin: 0 auto; }
details { margin-top: 10px; font-size: 0.93em; }
summary { cursor: pointer; }
details td, details th { min-width: 0; padding: 3px 8px; }
@media (max-width: 460px) { .picture { min-width: 400px; } .facts { display: block; } .facts > div { display: block; margin-bottom: 8px; } }
@media print {
  :root {
    color-scheme: light;
    --ink: #111; --quiet: #444; --paper: #fff; --sheet: #f6f6f6; --line: #bbb; --good: #176b31; --bad: #b3151f; --warning: #7a5200; --link: inherit;
    --picture-axis: #666; --picture-grid: #ddd; --picture-1: #0550ae; --picture-2: #b04400; --picture-3: #176b31; --picture-4: #6e40c9; --picture-5: #963a72; --picture-6: #b3151f; --picture-bound: #6e40c9;
  }
  body { font-size: 9.5pt; line-height: 1.4; }
  main, body > footer { max-width: none; padding: 0; }
  nav { display: none; }
  a { color: inherit; text-decoration: none; }
  main > section { margin-top: 22pt; }
  h2, h3, .lead, th.group { break-after: avoid; }
  tr, figure, .drawn, pre, .verdict { break-inside: avoid; }
  figure.tall { break-inside: auto; box-decoration-break: clone; }
  .drawn + details { break-before: avoid; }
  details tr:nth-child(-n+3):not(:last-child) { break-after: avoid; }
  details tr:nth-last-child(-n+3):not(:first-child) { break-before: avoid; }
  thead { display: table-header-group; }
  th, td { padding: 3.5pt 6pt; }
  .scroller, .frame { overflow: visible; }
  tr:has(+ .more) { break-after: avoid; }
  tr:has(+ .more) > td:has(> .symbol) + td.text { min-width: 12em; }
  td { min-width: 4em; }
  td.number { min-width: 0; }
  .pictures { display: block; columns: 2; column-gap: 14pt; }
  figure { margin-bottom: 14pt; padding: 8pt 10pt; }
  .picture { min-width: 0; }
  details { margin-top: 6pt; font-size: 7.5pt; }
  details.long, summary { display: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
  details td, details th { padding: 1pt 3pt; }
  details td.text { min-width: 4em; }
}
`;
