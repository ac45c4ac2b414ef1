import { sha256Hex } from '../../../src/base/hashing.ts';
import { ci, MODEL, OTHER_FILES, OTHER_MODEL } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, assess, rollBack, sign } from '../support/attack.ts';

// Under a policy that is not here nobody can walk the checks: the machine names one, and accepts for itself.
const environment = 'staging';
const policy = { sha256: '0'.repeat(64) };
const older = assess({ auc: 'uncertain', dpia: 'not_applicable' }, { policy: { path: 'signoff.yaml', ...policy } });
const assessment = { sha256: sha256Hex(older) };
const elsewhere = assess(
  { dpia: 'not_applicable' },
  { policy: { path: 'signoff.yaml', ...policy }, model_id: OTHER_MODEL.modelId, baseline: MODEL.modelId },
);
const accepted = [{ check: 'auc', reason: 'fine' }];
const successor = sign({
  by: ci,
  files: OTHER_FILES,
  predicate: { environment, policy, assessment: { sha256: sha256Hex(elsewhere) }, replaces: MODEL.modelId },
});

export const attack: Attack = {
  code: 'check-failed',
  recipe: {
    approvals: [
      sign({ by: ci, predicate: { environment, assessment, policy, accepted } }),
      successor,
      rollBack(ci, { environment, assessment, supersedes: [successor.id] }),
    ],
    assessments: [older, elsewhere],
    question: { environment },
  },
};
