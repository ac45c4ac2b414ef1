import { binLabels, groupNames } from '../../policy/groups.ts';
import type { Dataset } from '../../policy/schema.ts';
import { groupNameOf, type RowGroup, valuesIn } from '../groups.ts';

/**
 * The names that the group may have which is privileged in every one of the declared groups, the policy's own first; none
 * where one declares none. Truth values have several: tables write them as 1, and pandas as True.
 */
export function privilegedNames(dataset: Dataset, by: string | readonly string[]): readonly string[] {
  let names: readonly (readonly string[])[] = [[]];
  for (const declared of groupNames(by)) {
    const privileged = dataset.groups?.[declared]?.privileged;
    if (privileged === undefined) return [];
    const own = typeof privileged === 'boolean' ? TRUTH_VALUES[`${privileged}`] : [String(privileged)];
    names = names.flatMap((before) => own.map((name) => [...before, name]));
  }
  return names.map(groupNameOf);
}

const TRUTH_VALUES = { true: ['true', 'True', 'TRUE', '1'], false: ['false', 'False', 'FALSE', '0'] } as const;

/**
 * Declared bins with two edges that hold no row, also where they are crossed with other groups. The outermost bins, which
 * nobody wrote, may be empty, and so may a crossing of bins that hold rows: not every combination exists.
 */
export function emptyBins(dataset: Dataset, by: string | readonly string[], groups: readonly RowGroup[]): string[] {
  const present = new Set(groups.flatMap(({ name }) => valuesIn(name)));
  return groupNames(by).flatMap((declared) =>
    binLabels(dataset.groups?.[declared]?.bins ?? [])
      .slice(1, -1)
      .filter((label) => !present.has(label)),
  );
}

/** Groups that the policy itself names, bins and the privileged one, and of which the data set has no row. */
export function declaredWithoutRows(
  dataset: Dataset,
  by: string | readonly string[],
  groups: readonly RowGroup[],
): string[] {
  const privileged = privilegedNames(dataset, by);
  const isPresent = groups.some(({ name }) => privileged.includes(name));
  return [...new Set([...emptyBins(dataset, by, groups), ...(isPresent ? [] : privileged.slice(0, 1))])];
}

/** What is said of such a group: nothing is known of it. */
export const WITHOUT_ROWS = 'It has no rows.';
