import { groupColumn } from '../groups.ts';
import type { Group } from '../schema.ts';
import type { Plain, PlainObject } from '../yaml/to-plain.ts';
import { asMap } from './policy-document.ts';

/*
 * What an editor wants to know of a policy that may be broken: names and texts, where they are what they should be.
 */

/** The names declared in a map of the policy, such as `['signoff', 'roles']`. */
export function namesIn(plain: PlainObject, path: readonly string[]): readonly string[] {
  return Object.keys(mapAt(plain, path) ?? {});
}

/** The map at a path; undefined where there is none. */
export function mapAt(plain: PlainObject, path: readonly string[]): PlainObject | undefined {
  let current: PlainObject | undefined = plain;
  for (const step of path) current = asMap(current?.[step]);
  return current;
}

/** The text at a key; undefined where there is none, or something else. */
export function textAt(map: PlainObject | undefined, key: string): string | undefined {
  const value = map?.[key];
  return typeof value === 'string' ? value : undefined;
}

export function checkAt(plain: PlainObject, id: string): PlainObject | undefined {
  return mapAt(plain, ['checks', id]);
}

export function datasetAt(plain: PlainObject, name: string | undefined): PlainObject | undefined {
  return name === undefined ? undefined : mapAt(plain, ['datasets', name]);
}

/** The data sets that a check names, in the order of its keys. */
export function datasetsOfCheck(check: PlainObject | undefined): readonly string[] {
  if (check === undefined) return [];
  const single = ['dataset', 'current', 'reference'].map((key) => textAt(check, key));
  return [...single, ...textsIn(check['datasets'])].filter((name) => name !== undefined);
}

/** The column that a declared group of a data set reads; the group's own name where none is given. */
export function columnOfGroup(dataset: PlainObject | undefined, group: string): string | undefined {
  const declared = asMap(dataset?.['groups'])?.[group];
  if (declared === undefined) return undefined;
  const column = textAt(asMap(declared), 'column');
  return groupColumn(group, (column === undefined ? {} : { column }) as Group);
}

/** The texts of a list, or the one text that stands in its place. */
export function textsIn(value: Plain | undefined): readonly string[] {
  const items = Array.isArray(value) ? value : [value];
  return items.filter((item) => typeof item === 'string');
}

/** The bins of a declared group, where they are numbers. */
export function binsOf(group: PlainObject | undefined): readonly number[] | undefined {
  const bins = group?.['bins'];
  return Array.isArray(bins) && bins.every((edge) => typeof edge === 'number') ? (bins as number[]) : undefined;
}
