import { involvedByHead } from '../../approval/involved-people.ts';
import { missingHistory } from '../../approval/separation.ts';
import { resolveCommit } from '../../git/objects.ts';
import type { Policy } from '../../policy/schema.ts';
import type { PolicyRepository } from '../policy-repository.ts';
import { examineGitlab } from './examine-gitlab.ts';
import { examineJenkinsfile } from './examine-jenkinsfile.ts';
import { examineWorkflows } from './examine-workflows.ts';
import { type Finding, ok, warn } from './finding.ts';

/**
 * Whether this clone, and the repository's own workflows, have the history by which authors are kept from approving. No
 * run is looked at: each has a commit of its own.
 */
export async function examineHistory(
  { repository, policyPath }: PolicyRepository,
  policy: Policy | undefined,
): Promise<Finding[]> {
  const head = await resolveCommit(repository, 'HEAD');
  if (policy === undefined || head === undefined) return [];
  const findings: Finding[] = [];
  for (const [environment, { separate_from: kinds = [] }] of Object.entries(policy.signoff.environments)) {
    const byHistory = kinds.filter((kind) => kind !== 'trained_by');
    if (byHistory.length === 0) continue;
    const subject = { runs: [], modelPath: undefined };
    const found = await involvedByHead({ repository, policy, environment, policyPath }, head, subject);
    // In a shallow clone sooner or later a run's commit lies beyond the cut.
    const untold = repository.shallow ? byHistory : (found.untold ?? []);
    const missing = missingHistory({ ...found, untold }, repository);
    const about = `history for ${environment}`;
    findings.push(
      missing === undefined
        ? ok(about, `It tells from whom approvers are to be separate (${byHistory.join(', ')}).`)
        : warn(about, `${missing.lack}, so verify may refuse. Run: ${missing.command}`),
    );
  }
  if (findings.length === 0) return [];
  return [
    ...findings,
    ...examineWorkflows(repository),
    ...examineGitlab(repository),
    ...examineJenkinsfile(repository),
  ];
}
