import { HTTP_SYSTEMS } from '../../pipeline/doorbells.ts';
import { probeTarget } from '../../pipeline/probes.ts';
import type { Reach } from '../../pipeline/reach.ts';
import type { PipelineTarget, Policy } from '../../policy/schema.ts';
import { type Finding, ok } from './finding.ts';

/** Every server that the policy wants told, looked at without starting anything. */
export async function examinePipelines(policy: Policy | undefined, reach: Reach): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [environment, events] of Object.entries(policy?.pipeline ?? {})) {
    for (const [event, told] of Object.entries(events)) {
      const targets: readonly PipelineTarget[] = told === undefined ? [] : Array.isArray(told) ? told : [told];
      for (const target of targets) {
        const about = `${environment} ${event}`;
        if (target.git_tag !== undefined) findings.push(ok(about, 'A signed tag would be made, and pushed.'));
        for (const system of HTTP_SYSTEMS) {
          if (policy === undefined || target[system] === undefined) continue;
          findings.push({ about, ...(await probeTarget(system, target, policy, reach)) });
        }
      }
    }
  }
  return findings;
}
