import type { DatasetRows } from '../rows/dataset-rows.ts';

/**
 * Whether a query (or a unit, where the data set has them) of a ranking has rows in several groups: the groups' values
 * then depend on each other, and no interval of their difference is known.
 *
 * @param codes the group of each row
 */
export function queriesAreShared(rows: DatasetRows, codes: Int32Array): boolean {
  const units = rows.units();
  const own = units.ok && units.value !== undefined ? units : rows.ranking.queries();
  if (!own.ok || own.value === undefined) return true;
  const { codes: of, count } = own.value;
  const groupOf = new Int32Array(count).fill(-1);
  for (let row = 0; row < codes.length; row += 1) {
    const query = of[row] as number;
    if (groupOf[query] === -1) groupOf[query] = codes[row] as number;
    else if (groupOf[query] !== codes[row]) return true;
  }
  return false;
}
