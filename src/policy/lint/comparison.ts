import type { PolicyPath } from '../policy-path.ts';
import type { MetricCheck } from '../schema.ts';
import { listed } from '../wording.ts';
import type { Lint } from './context.ts';
import { lintAgainst } from './references.ts';

type Key = keyof MetricCheck & string;

const PLAIN: readonly Key[] = ['min', 'max', 'max_abs'];
const DROPS: readonly Key[] = ['max_drop', 'max_drop_relative'];
const CHANGES: readonly Key[] = ['min_absolute_change', 'min_relative_change'];
const MLFLOW: readonly Key[] = ['threshold', ...CHANGES];

/**
 * A metric has its own bounds, or those of a comparison with another model (`against`), or MLflow's; mixing them would
 * leave open what `value` is. Answers whether `min`, `max` and `max_abs` are out of the question.
 */
export function lintComparison(lint: Lint, path: PolicyPath, check: MetricCheck): 'has its own bounds' | 'plain' {
  const written = (keys: readonly Key[]): Key[] => keys.filter((key) => check[key] !== undefined);
  const mlflow = written(MLFLOW);
  const drops = written(DROPS);
  const plain = written(PLAIN);
  if (check.against !== undefined) {
    lintAgainst(lint, [...path, 'against'], check.against);
  }
  if (mlflow.length > 0) {
    lintMlflow(lint, path, check, mlflow, [...drops, ...plain]);
    return 'has its own bounds';
  }
  if (check.against === undefined) {
    for (const key of drops) {
      lint.errorAtKey('no-baseline', [...path, key], `"${key}" compares with nothing; add "against".`);
    }
    return drops.length > 0 && plain.length === 0 ? 'has its own bounds' : 'plain';
  }
  for (const key of plain) {
    const message = `"${key}" can't stand beside "against", where the value is the drop; use "max_drop", or make two checks.`;
    lint.errorAtKey('mixed-bounds', [...path, key], message);
  }
  if (drops.length === 0 && plain.length === 0) {
    const message = `"${String(path[1])}" has no bound, so nothing could fail; add "max_drop" or "max_drop_relative".`;
    lint.errorAtKey('no-bound', path, message);
  }
  lintLoggedDirection(lint, path, check, 'a comparison');
  return 'has its own bounds';
}

function lintMlflow(
  lint: Lint,
  path: PolicyPath,
  check: MetricCheck,
  mlflow: readonly Key[],
  others: readonly Key[],
): void {
  for (const key of others) {
    const message = `"${key}" can't stand beside MLflow’s ${listed(mlflow.map((each) => `"${each}"`))}; keep one way.`;
    lint.errorAtKey('mixed-bounds', [...path, key], message);
  }
  if (check.confidence !== undefined) {
    const message = `"confidence" has no effect beside MLflow’s ${listed(mlflow.map((each) => `"${each}"`))}; remove it.`;
    lint.errorAtKey('no-effect', [...path, 'confidence'], message);
  }
  const changes = mlflow.filter((key) => CHANGES.includes(key));
  if (check.against === undefined) {
    for (const key of changes) {
      lint.errorAtKey('no-baseline', [...path, key], `"${key}" compares with nothing; add "against".`);
    }
  } else if (changes.length === 0) {
    const message = '"against" has no bound; add "min_absolute_change" or "min_relative_change", or remove it.';
    lint.errorAtKey('no-bound', [...path, 'against'], message);
  }
  lintLoggedDirection(lint, path, check, `"${mlflow[0]}"`);
}

function lintLoggedDirection(lint: Lint, path: PolicyPath, check: MetricCheck, what: string): void {
  if (check.logged !== undefined && check.greater_is_better === undefined) {
    const message = `A logged metric has no direction of its own, and ${what} needs one; add "greater_is_better".`;
    lint.errorAtKey('missing-key', path, message);
  }
}
