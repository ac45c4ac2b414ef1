import { sha256Hex } from '../../../src/base/hashing.ts';
import { ana, ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, assess, onOther, rollBack, sign, successors, waiver } from '../support/attack.ts';

// Ana waived it, who may not, and hopes that with another policy nobody looks.
const older = { sha256: '0'.repeat(64) };
const failed = assess({ auc: 'fail' }, { policy: { path: 'signoff.yaml', ...older } });
const assessment = { sha256: sha256Hex(failed) };
const signed = [
  sign({ by: ana, predicate: { assessment, policy: older, waivers: [waiver] } }),
  sign({ by: ben, predicate: { assessment, policy: older } }),
];

export const attack: Attack = {
  code: 'check-failed',
  recipe: { approvals: [...signed, ...successors, rollBack(ben, { assessment })], assessments: [failed, onOther] },
};
