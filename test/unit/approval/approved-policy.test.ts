import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { approvedPolicyOf } from '../../../src/approval/approved-policy.ts';
import { openRepository } from '../../../src/git/repository.ts';
import { parsePolicy } from '../../../src/policy/parse.ts';
import { DEMO_NOW, makeDemoProject } from './support/demo-project.ts';

test('the policy under which a run was approved is found by its digest, also after it has changed', async (context) => {
  const project = makeDemoProject(context);
  assert.ok((await project.signOff('ana')).ok);
  const policyFile = join(project.folder, 'signoff.yaml');
  const text = readFileSync(policyFile, 'utf8');
  const { value: policy } = parsePolicy(text, 'signoff.yaml');
  const repository = await openRepository(project.folder);
  assert.ok(repository.ok && policy !== undefined);
  const request = {
    ...{ repository: repository.value, policyPath: 'signoff.yaml', policy },
    ...{ environment: 'production', now: DEMO_NOW },
  };
  writeFileSync(policyFile, text.replace('min: 0.8', 'min: 0.7'));
  execFileSync('git', ['commit', '--quiet', '--all', '--message', 'Ask less'], { cwd: project.folder });

  const found = await approvedPolicyOf('run-1', request);
  assert.equal(found?.kind, 'found');
  const { auc } = found.policy.checks;
  assert.equal(auc?.check === 'metric' && auc.min, 0.8);
  assert.equal(await approvedPolicyOf('run-2', request), undefined);
});
