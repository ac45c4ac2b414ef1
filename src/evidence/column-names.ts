import { fail, type Result } from '../base/result.ts';
import { listInWords } from '../base/text.ts';
import { nameOf, type TableFiles } from './plan-columns.ts';

const MOST_SHOWN = 6;

/**
 * Names that stand twice in one list, or that differ only in case in any: DuckDB would rename the later of them, and a
 * check would read another column than it names.
 */
export function repeatedNames(lists: readonly (readonly string[])[]): string[] {
  const known = new Map<string, string>();
  const repeated = new Set<string>();
  for (const names of lists) {
    const here = new Set<string>();
    for (const name of names) {
      const folded = name.toLowerCase();
      const before = known.get(folded);
      if (here.has(folded) || (before !== undefined && before !== name)) {
        repeated.add(before ?? name);
        repeated.add(name);
      }
      here.add(folded);
      known.set(folded, before ?? name);
    }
  }
  return [...repeated];
}

/** The problem of such names. */
export function namesRepeat(files: TableFiles, repeated: readonly string[]): Result<never> {
  const shown = repeated.slice(0, MOST_SHOWN).map((name) => `“${name}”`);
  const those = repeated.length > shown.length ? [...shown, `${repeated.length - shown.length} more`] : shown;
  return fail(
    'column-repeated',
    `Names of columns repeat in ${nameOf(files)}, case aside: ${listInWords(those)}; which one a check means can’t be told.`,
  );
}

/** The problem of a file whose columns are not those of the table's first. */
export function otherColumns(files: TableFiles, index: number): Result<never> {
  return fail(
    'table-columns-differ',
    `“${files.relative[index]}” has other columns than “${files.relative[0]}”; files of one table must have equal columns.`,
  );
}
