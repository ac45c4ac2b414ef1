/**
 * The cells of a small comma-separated text, by RFC 4180; undefined where a quote never ends or stands in the middle of
 * a cell, where rows differ in their number of cells, or where there is no row. Tables of data are read elsewhere: this
 * is for the few lines that a tool writes of its results.
 */
export function smallCsv(text: string): readonly (readonly string[])[] | undefined {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at <= text.length; ) {
    const cell = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at);
    if (cell === undefined) return undefined;
    row.push(cell.content);
    at = cell.end;
    if (text[at] === ',') {
      at += 1;
      continue;
    }
    if (at < text.length && text[at] !== '\n' && text[at] !== '\r') return undefined;
    rows.push(row);
    row = [];
    at += text.startsWith('\r\n', at) ? 2 : 1;
    if (at >= text.length) break;
  }
  const [first] = rows;
  return first !== undefined && rows.every(({ length }) => length === first.length) ? rows : undefined;
}

interface Cell {
  readonly content: string;
  /** Where what follows it begins. */
  readonly end: number;
}

function plainCell(text: string, start: number): Cell | undefined {
  const ending = /[,\r\n]/g;
  ending.lastIndex = start;
  const end = ending.exec(text)?.index ?? text.length;
  const content = text.slice(start, end);
  return content.includes('"') ? undefined : { content, end };
}

function quotedCell(text: string, start: number): Cell | undefined {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return { content: text.slice(start + 1, at).replaceAll('""', '"'), end: at + 1 };
  }
  return undefined;
}
