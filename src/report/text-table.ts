/**
 * Lines up cells in columns, two spaces between them. The last column is left as long as it is, so that a terminal wraps it.
 * Widths count code points, which is right for the symbols and Latin text of our own and near enough for names.
 *
 * @param rows cells row by row; short rows leave their last columns empty
 * @param styleCell sets off a padded cell, after widths are known, so that escape codes do not count as width
 */
export function alignColumns(
  rows: readonly (readonly string[])[],
  styleCell: (paddedCell: string, row: number, column: number) => string = (cell) => cell,
): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...rows.map((row) => [...(row[column] ?? '')].length)),
  );
  return rows.map((cells, row) =>
    cells
      .map((cell, column) => {
        const isLast = column === cells.length - 1;
        const padding = isLast ? 0 : (widths[column] ?? 0) - [...cell].length;
        return styleCell(cell + ' '.repeat(padding), row, column);
      })
      .join('  ')
      .trimEnd(),
  );
}
