import type { Problem } from '../../base/result.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { PolicyPath } from '../policy-path.ts';
import type { Positions } from '../positions.ts';
import type { Policy } from '../schema.ts';
import { listed } from '../wording.ts';

/** What every rule gets: the policy, and ways to say what is wrong at a key or at a value. */
export interface Lint {
  readonly policy: Policy;
  readonly positions: Positions;
  readonly problems: readonly Problem[];
  errorAtKey(code: string, path: PolicyPath, message: string, suggestion?: string): void;
  errorAtValue(code: string, path: PolicyPath, message: string, suggestion?: string): void;
  warnAtKey(code: string, path: PolicyPath, message: string): void;
  warnAtValue(code: string, path: PolicyPath, message: string): void;
}

export function createLint(policy: Policy, positions: Positions): Lint {
  const problems: Problem[] = [];
  return {
    policy,
    positions,
    problems,
    errorAtKey(code, path, message, suggestion) {
      const range = positions.locate(path);
      problems.push({ code, severity: 'error', message, range, ...(suggestion !== undefined && { suggestion }) });
    },
    errorAtValue(code, path, message, suggestion) {
      const range = positions.locateValue(path);
      problems.push({ code, severity: 'error', message, range, ...(suggestion !== undefined && { suggestion }) });
    },
    warnAtKey(code, path, message) {
      problems.push({ code, severity: 'warning', message, range: positions.locate(path) });
    },
    warnAtValue(code, path, message) {
      problems.push({ code, severity: 'warning', message, range: positions.locateValue(path) });
    },
  };
}

/**
 * A name that refers to something declared elsewhere in the policy: an error, with the nearest name, when it is not.
 * `thing` is what it should name ("data set"), `place` whether the name is the key or the value there. Answers whether it is declared.
 */
export function mustBeDeclared(
  lint: Lint,
  path: PolicyPath,
  name: string,
  thing: string,
  declared: readonly string[],
  place: 'key' | 'value' = 'value',
): boolean {
  if (declared.includes(name)) {
    return true;
  }
  const suggestion = didYouMean(name, declared);
  const what = `There is no ${thing} "${name}"`;
  const known = declared.length > 12 ? [...declared.slice(0, 11), '…'] : declared;
  const advice = known.length === 0 ? `; declare it first.` : `; choose one of ${listed(known, 'or')}, or declare it.`;
  const code = `unknown-${thing.replaceAll(' ', '-')}`;
  const message = suggestion === undefined ? `${what}${advice}` : `${what}; did you mean "${suggestion}"?`;
  if (place === 'key') {
    lint.errorAtKey(code, path, message, suggestion);
  } else {
    lint.errorAtValue(code, path, message, suggestion);
  }
  return false;
}

/** Keys that are there but would change nothing, although their author expects them to. */
export function mustBeAbsent<Key extends string>(
  lint: Lint,
  path: PolicyPath,
  written: Readonly<Partial<Record<Key, unknown>>>,
  keys: readonly Key[],
  why: string,
): void {
  for (const key of keys) {
    if (written[key] !== undefined) {
      lint.errorAtKey('no-effect', [...path, key], `"${key}" has no effect ${why}; remove it.`);
    }
  }
}
