import { fail, type Result, succeed } from '../../base/result.ts';
import type { ExplanationCheck, Policy } from '../../policy/schema.ts';
import { canonicalClass } from '../rows/class-values.ts';

/**
 * Which of a model's several outputs was explained: the one of the check's `class`, by the outputs' names where the
 * file has them, else by its number (classes 0, 1, 2…). Without `class`, a binary model's output is that of the data
 * set's `positive` value. Anything else is not guessed. Problems continue "the explanation …".
 */
export function chooseOutput(
  check: Pick<ExplanationCheck, 'class' | 'dataset'>,
  policy: Policy,
  outputs: number,
  names: readonly string[] | undefined,
): Result<number> {
  const wanted = explainedClass(check, policy);
  if (wanted === undefined) {
    return fail('explanation-class', `has values for ${outputs} outputs; say in \`class\` which one is meant`);
  }
  const value = canonicalClass(wanted);
  if (names !== undefined) {
    const found = names.length === outputs ? names.findIndex((name) => canonicalClass(name) === value) : -1;
    return found >= 0
      ? succeed(found)
      : fail('explanation-class', `has no output called “${String(wanted)}” among its ${outputs}`);
  }
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < outputs) return succeed(value);
  return fail(
    'explanation-class',
    `has values for ${outputs} outputs without names, so that the class “${String(wanted)}” can’t be found among them`,
  );
}

/** The class whose output is meant; undefined where nothing says so. */
export function explainedClass(
  check: Pick<ExplanationCheck, 'class' | 'dataset'>,
  policy: Policy,
): string | number | boolean | undefined {
  if (check.class !== undefined) return check.class;
  if (policy.task !== 'binary') return undefined;
  const dataset =
    check.dataset !== undefined && Object.hasOwn(policy.datasets, check.dataset)
      ? policy.datasets[check.dataset]
      : undefined;
  return dataset?.positive ?? 1;
}
