import { sha256Hex } from '../../../src/base/hashing.ts';
import { ana, ben, DPIA } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, assess, rollBack, sign } from '../support/attack.ts';

const policy = { sha256: '0'.repeat(64) };
const older = assess({}, { policy: { path: 'signoff.yaml', ...policy } });
const assessment = { sha256: sha256Hex(older) };

export const attack: Attack = {
  code: 'nothing-to-roll-back',
  recipe: {
    approvals: [
      sign({ by: ana, predicate: { assessment, policy } }),
      sign({ by: ben, predicate: { assessment, policy, attestations: [DPIA] } }),
      rollBack(ben, { assessment, replaces: null, supersedes: [] }),
    ],
    assessments: [older],
  },
};
