import type { Result } from '../base/result.ts';
import { succeed } from '../base/result.ts';
import type { Table } from '../evidence/table.ts';
import type { ConfusionCounts } from '../metrics/confusion.ts';
import { groupNames } from '../policy/groups.ts';
import type { CountsNeeded } from './counts-needed.ts';
import { keepCountedGroups, MOST_GROUPS, partition } from './groups.ts';
import { DEFAULT_POSITIVE, type WeighedCounts } from './rows/binary-rows.ts';
import { otherValue } from './rows/class-values.ts';
import { columnKey, countedRows, type DatasetRows, datasetRows } from './rows/dataset-rows.ts';

/** Adds up the counts of a data set that comes in slices. */
export interface CountFold {
  /**
   * Adds the rows of a slice. False where anything is wrong with them, or with all slices together: what exactly, only
   * the whole table can tell.
   */
  add(slice: Table): boolean;
  /** All rows so far, as the checks that asked for the counts see them. */
  rows(): DatasetRows;
}

/** What is counted of some rows: all, or those of a group. */
interface Tally {
  rows: number;
  readonly counts: Map<CountsNeeded['of'], ConfusionCounts>;
}

/** The counts of one way to divide the rows, by the names of the groups. */
interface Division {
  readonly by: CountsNeeded['by'];
  readonly of: ReadonlySet<CountsNeeded['of']>;
  readonly tallies: Map<string, Tally>;
}

/** @param needed what `countsNeeded` says of the data set */
export function countFold(
  needed: readonly CountsNeeded[],
  about: Pick<DatasetRows, 'dataset' | 'name' | 'task'>,
): CountFold {
  const { dataset, name, task } = about;
  const divisions = divisionsOf(needed);
  const others = new Set<number | string>();
  let total = 0;

  /** A slice alone can't tell that its other value is not that of the slice before. */
  function hasThirdValue({ columns }: Table): boolean {
    for (const column of [dataset.label, dataset.prediction]) {
      const found = column === undefined ? undefined : columns.get(columnKey(column, 'value'));
      if (!found?.ok) continue;
      const other = otherValue(found.value, dataset.positive ?? DEFAULT_POSITIVE);
      if (other !== undefined) others.add(other);
    }
    return others.size > 1;
  }

  return {
    add(slice) {
      if ([...slice.columns.values()].some((column) => !column.ok) || hasThirdValue(slice)) return false;
      const rows = datasetRows(slice, dataset, name, task);
      total += slice.rows;
      return divisions.every((division) => addTo(division, rows));
    },
    rows() {
      const all = divisions.find(({ by }) => by === undefined)?.tallies.get('');
      const whole = countedRows(total, about, all ? countedIn(all) : {});
      for (const { by, tallies } of divisions) {
        if (by === undefined) continue;
        const groups = [...tallies].map(([group, tally]) => ({
          ...{ name: group, rows: tally.rows, counted: countedIn(tally) },
        }));
        keepCountedGroups(whole, by, groups);
      }
      return whole;
    },
  };
}

function divisionsOf(needed: readonly CountsNeeded[]): readonly Division[] {
  const keyOf = ({ by }: CountsNeeded) => (by === undefined ? '' : JSON.stringify(groupNames(by)));
  return [...Map.groupBy(needed, keyOf).values()].map((alike) => ({
    by: alike[0]?.by,
    of: new Set(alike.map(({ of }) => of)),
    tallies: new Map(),
  }));
}

function addTo({ by, of, tallies }: Division, rows: DatasetRows): boolean {
  const groups = by === undefined ? succeed([{ name: '', rows }]) : partition(rows, by);
  if (!groups.ok) return false;
  for (const group of groups.value) {
    if (isAmbiguous(group.name, by)) return false;
    const tally = tallies.get(group.name) ?? { rows: 0, counts: new Map() };
    tallies.set(group.name, tally);
    tally.rows += group.rows.rows;
    for (const what of of) {
      const counted = group.rows.binary[what]();
      if (!counted.ok) return false;
      tally.counts.set(what, sumOf(tally.counts.get(what), counted.value.rows));
    }
  }
  // Groups are counted before those of one name are joined, so that as many as may be can be one too many.
  return tallies.size < MOST_GROUPS;
}

/** Whether groups of other values could have the same name, as values of several declared groups hold “&”. */
function isAmbiguous(name: string, by: CountsNeeded['by']): boolean {
  const declared = groupNames(by).length;
  return declared > 1 && name.split('&').length > declared;
}

function sumOf(sum: ConfusionCounts | undefined, counts: ConfusionCounts): ConfusionCounts {
  if (sum === undefined) return counts;
  return {
    truePositives: sum.truePositives + counts.truePositives,
    falsePositives: sum.falsePositives + counts.falsePositives,
    falseNegatives: sum.falseNegatives + counts.falseNegatives,
    trueNegatives: sum.trueNegatives + counts.trueNegatives,
  };
}

function countedIn({ counts }: Tally): Partial<Record<CountsNeeded['of'], () => Result<WeighedCounts>>> {
  return Object.fromEntries(
    [...counts].map(([what, rows]) => [what, () => succeed({ weighted: rows, rows })] as const),
  );
}
