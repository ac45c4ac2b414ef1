import type { PolicyPath } from './policy-path.ts';
import type { Policy } from './schema.ts';
import { weakerCheck } from './weaker/weaker-check.ts';
import { weakerSignoff } from './weaker/weaker-signoff.ts';

/** One way in which a policy asks less than another. */
export interface Weakening {
  /** The nearest thing in the policy that asks less. */
  readonly path: PolicyPath;
  /** To be followed by where more is asked, and a full stop: `"min" is 0.7 here, and 0.8`. */
  readonly message: string;
}

/**
 * In which ways `policy` asks less than `other`: of the model, and of those who sign. What asks something else (another
 * metric, another data set) is left alone, since neither asks less. In the order of the other policy.
 */
export function weakerThan(policy: Policy, other: Policy): readonly Weakening[] {
  const checks = Object.entries(other.checks).flatMap(([id, before]): readonly Weakening[] => {
    const now = Object.hasOwn(policy.checks, id) ? policy.checks[id] : undefined;
    // What never blocked can't block less.
    if (before.severity === 'advisory' || before.not_applicable !== undefined) return [];
    return now === undefined
      ? [{ path: ['checks'], message: `The check "${id}" is missing here; it stands` }]
      : weakerCheck(['checks', id], now, before);
  });
  return [...checks, ...weakerSignoff(policy.signoff, other.signoff)];
}
