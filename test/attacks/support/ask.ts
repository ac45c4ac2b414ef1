import { join } from 'node:path';
import type { Verdict } from '../../../src/approval/verdict.ts';
import { verify } from '../../../src/approval/verify.ts';
import type { Result } from '../../../src/base/result.ts';
import { openRepository } from '../../../src/git/repository.ts';
import type { Run } from '../../../src/runs/run.ts';
import { NOW } from '../../unit/approval/support/sign-off-case.ts';
import { TRUSTED_BRANCH } from './build-repositories.ts';
import type { Recipe } from './recipe.ts';

/** Asks about the recipe's repository as a pipeline would. */
export async function ask(recipe: Recipe, folder: string): Promise<Result<Verdict>> {
  const repository = await openRepository(folder);
  if (!repository.ok) return repository;
  return verify({
    repository: repository.value,
    policyPath: 'signoff.yaml',
    environment: 'production',
    run: 'run-1',
    modelPath: join(folder, recipe.modelAt ?? 'model'),
    anchor: { trustedRef: TRUSTED_BRANCH },
    now: new Date(NOW),
    loadRun: async (_policy, _folder, id) => ({ ok: true, value: runOf(id, recipe.trainer ?? 'trainer') }),
    ...recipe.question,
  });
}

/** Every code of the answer: of the reasons, of the ignored files, or of the problem that kept it from being given. */
export function codesOf(answer: Result<Verdict>): string[] {
  if (!answer.ok) return [answer.problem.code];
  return [...answer.value.reasons, ...answer.value.ignored].map(({ code }) => code);
}

export function runOf(id: string, user: string): Run {
  return {
    ...{ id, name: 'challenger', experiment: 'demo', status: 'finished', user, startTime: 0, endTime: 1 },
    ...{ metrics: new Map(), params: new Map(), tags: new Map(), history: new Map() },
    ...{ inputs: [], models: [], registered: [], artifactFolder: undefined },
  };
}
