import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { completeSignOff } from '../../../../src/approval/complete-sign-off.ts';
import { sshSigner } from '../../../../src/approval/ssh-signer.ts';
import { assess } from '../../../../src/checks/assess.ts';
import { parsePolicy } from '../../../../src/policy/parse.ts';
import type { PipelineTarget } from '../../../../src/policy/schema.ts';
import { demoRun, makeDemoProject } from '../../approval/support/demo-project.ts';

export interface ApprovedProject {
  readonly folder: string;
  readonly policyFile: string;
  /** From now on the policy, which nobody committed, tells these instead. */
  readonly tellInstead: (targets: readonly PipelineTarget[]) => void;
}

/** A repository with a model that these people have signed, and a policy that tells these targets of it. */
export async function approvedProject(
  context: TestContext,
  targets: readonly PipelineTarget[],
  signers: readonly ('ana' | 'ben')[] = ['ana', 'ben'],
): Promise<ApprovedProject> {
  const project = makeDemoProject(context);
  const { folder, scratch } = project;
  const policyFile = join(folder, 'signoff.yaml');
  const inFolder = readFileSync(policyFile, 'utf8').replace('mlflow: mlflow.db', 'folder: runs');
  const tellInstead: ApprovedProject['tellInstead'] = (told) =>
    scratch.write('signoff.yaml', `${inFolder}pipeline: ${JSON.stringify({ production: { on_approved: told } })}\n`);
  tellInstead(targets);
  scratch.write('runs/run-1/metrics.json', '{"auc": 0.9}');
  scratch.write('runs/run-1/model/model.pkl', 'weights');
  scratch.commit('Tell everybody');
  project.protect();
  const policyBytes = readFileSync(policyFile);
  const { value: policy, positions } = parsePolicy(policyBytes.toString(), 'signoff.yaml');
  assert.ok(policy);
  const run = { ...demoRun(folder), artifactFolder: join(folder, 'runs/run-1') };
  const source = { location: 'runs' };
  const { assessment, modelFiles } = await assess({ policyFile, policyBytes, policy, positions, run, source });
  const now = new Date();
  for (const name of signers) {
    const prepared = await project.prepare(name, {
      assessed: { assessment, policy, policyBytes, run, modelFiles },
      now,
    });
    assert.ok(prepared.ok, JSON.stringify(prepared));
    assert.ok((await completeSignOff(prepared.value, sshSigner(project.key(name)), { now })).ok);
  }
  return { folder, policyFile, tellInstead };
}
