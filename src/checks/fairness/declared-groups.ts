import { binLabels, groupNames } from '../../policy/groups.ts';
import type { Dataset } from '../../policy/schema.ts';
import { groupNameOf, type RowGroup } from '../groups.ts';

/** The name of the group that is privileged in every one of the declared groups; undefined where one declares none. */
export function privilegedName(dataset: Dataset, by: string | readonly string[]): string | undefined {
  const names: string[] = [];
  for (const declared of groupNames(by)) {
    const privileged = dataset.groups?.[declared]?.privileged;
    if (privileged === undefined) return undefined;
    names.push(String(privileged));
  }
  return groupNameOf(names);
}

/** Declared bins with two edges that hold no row. The outermost bins, which nobody wrote, may be empty. */
export function emptyBins(dataset: Dataset, by: string | readonly string[], groups: readonly RowGroup[]): string[] {
  const declared = groupNames(by);
  const [only] = declared;
  if (only === undefined || declared.length > 1) return [];
  const bins = dataset.groups?.[only]?.bins ?? [];
  const present = new Set(groups.map(({ name }) => name));
  return binLabels(bins)
    .slice(1, -1)
    .filter((name) => !present.has(name));
}
