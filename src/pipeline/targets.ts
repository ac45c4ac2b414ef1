import type { PipelineTarget, Policy } from '../policy/schema.ts';

/** What a policy lets a pipeline be told of. */
export type PipelineEvent = 'on_approved' | 'on_rejected' | 'on_rolled_back';

/** Whom the policy wants told of an event in an environment. */
export function targetsOf(policy: Policy, environment: string, event: PipelineEvent): readonly PipelineTarget[] {
  const told = policy.pipeline?.[environment]?.[event];
  if (told === undefined) return [];
  return Array.isArray(told) ? told : [told];
}

/** Whether an event is told by a git tag. */
export function ringsByTag(policy: Policy, environment: string, event: PipelineEvent): boolean {
  return targetsOf(policy, environment, event).some((target) => target.git_tag !== undefined);
}
