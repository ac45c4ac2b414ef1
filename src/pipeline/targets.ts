import type { PipelineTarget, Policy } from '../policy/schema.ts';
import { PIPELINE_EVENTS, type PipelineEvent } from './news.ts';

/** Whom the policy wants told of an event in an environment. */
export function targetsOf(policy: Policy, environment: string, event: PipelineEvent): readonly PipelineTarget[] {
  const told = policy.pipeline?.[environment]?.[event];
  if (told === undefined) return [];
  return Array.isArray(told) ? told : [told];
}

/** Whether anybody is told of an event. */
export function ringsFor(policy: Policy, environment: string, event: PipelineEvent): boolean {
  return targetsOf(policy, environment, event).length > 0;
}

/** Whether an event is told by a git tag, which somebody has to sign. */
export function ringsByTag(policy: Policy, environment: string, event: PipelineEvent): boolean {
  return targetsOf(policy, environment, event).some((target) => target.git_tag !== undefined);
}

/** Whether anything that happens in an environment is told by a git tag. */
export function isToldByTag(policy: Policy, environment: string): boolean {
  return PIPELINE_EVENTS.some((event) => ringsByTag(policy, environment, event));
}

/** Whether somebody shows how far a sign-off is while people are still missing. */
export function showsProgress(policy: Policy, environment: string): boolean {
  return targetsOf(policy, environment, 'on_approved').some((target) => target.github?.status !== undefined);
}
