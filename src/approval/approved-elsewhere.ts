import type { Policy } from '../policy/schema.ts';
import type { Case } from './case.ts';
import { quorumChecks } from './quorum-checks.ts';
import { standingOf } from './standing.ts';

/** The environments that checks name in `against`. */
export function environmentsComparedWith(policy: Policy): string[] {
  return Object.values(policy.checks).flatMap((check) =>
    'against' in check && check.against !== undefined && Object.hasOwn(policy.signoff.environments, check.against)
      ? [check.against]
      : [],
  );
}

/** Whether a model other than the one that is judged is in force in an environment; the one that is judged for or another. */
export function isAnotherApprovedIn(
  input: Pick<Case, 'approvals' | 'assessments' | 'folder' | 'model' | 'now' | 'policy' | 'policySha256'>,
  environment: string,
): boolean {
  const { policy, now, model } = input;
  const there = input.approvals.statements.filter((each) => each.statement.predicate.environment === environment);
  const { inForce } = standingOf(there, {
    require: policy.signoff.environments[environment]?.require ?? {},
    roles: policy.signoff.roles,
    now,
    checksOf: (approvals) => quorumChecks(approvals, { ...input, environment }),
  });
  return inForce.some(({ modelId }) => modelId !== model.modelId);
}
