/**
 * Few of many rows, for drawing: every so manieth, and of each column the rows with its least and its greatest value,
 * which are what one looks for in a cloud of points. Rising, each once.
 *
 * @param columns equally long; NaN is neither least nor greatest, and of equal values the first row is taken
 * @param evenly as many rows, at most, as are taken in equal steps
 */
export function rowsWithExtremes(
  rows: number,
  columns: Iterable<ArrayLike<number>>,
  evenly: number,
): readonly number[] {
  const step = Math.max(1, Math.ceil(rows / evenly));
  const chosen = new Set<number>();
  for (let row = 0; row < rows; row += step) chosen.add(row);
  if (step > 1) for (const column of columns) for (const row of extremesOf(column)) chosen.add(row);
  return [...chosen].sort((a, b) => a - b);
}

function extremesOf(column: ArrayLike<number>): readonly number[] {
  let least = -1;
  let greatest = -1;
  for (let row = 0; row < column.length; row += 1) {
    const value = column[row] as number;
    if (Number.isNaN(value)) continue;
    if (least < 0 || value < (column[least] as number)) least = row;
    if (greatest < 0 || value > (column[greatest] as number)) greatest = row;
  }
  return least < 0 ? [] : [least, greatest];
}
