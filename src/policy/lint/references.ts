import { groupNames } from '../groups.ts';
import type { PolicyPath } from '../policy-path.ts';
import type { Dataset } from '../schema.ts';
import { type Lint, mustBeDeclared } from './context.ts';

/** The data set that a check names; undefined, with an error, when it is not declared. */
export function datasetNamed(lint: Lint, path: PolicyPath, name: string): Dataset | undefined {
  const { datasets } = lint.policy;
  return mustBeDeclared(lint, path, name, 'data set', Object.keys(datasets)) ? datasets[name] : undefined;
}

/** Whether two declared data sets have equal values for all these keys. */
export function isOneTable(lint: Lint, one: string, other: string, keys: readonly (keyof Dataset)[]): boolean {
  const { [one]: first, [other]: second } = lint.policy.datasets;
  if (first === undefined || second === undefined) return false;
  return keys.every((key) => JSON.stringify(first[key]) === JSON.stringify(second[key]));
}

/** The groups that `by` or `group` names must be declared in the data set. */
export function lintGroupReference(
  lint: Lint,
  path: PolicyPath,
  reference: string | readonly string[] | undefined,
  dataset: Dataset,
): void {
  const declared = Object.keys(dataset.groups ?? {});
  const names = groupNames(reference);
  names.forEach((name, index) => {
    const place = typeof reference === 'string' ? path : [...path, index];
    if (mustBeDeclared(lint, place, name, 'group', declared) && names.indexOf(name) !== index) {
      lint.errorAtValue('duplicate-item', place, `"${name}" stands here a second time; remove one of the two.`);
    }
  });
}

/** `against` names an environment of the policy or a run. */
export function lintAgainst(lint: Lint, path: PolicyPath, against: string): void {
  if (!against.startsWith('run:')) {
    mustBeDeclared(lint, path, against, 'environment', Object.keys(lint.policy.signoff.environments));
  }
}
