import { sha256Hex } from '../../../src/base/hashing.ts';
import { ana, ben, makeWorld, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, waiver } from '../support/attack.ts';

const policy = POLICY.replace('max_days: 30', 'max_days: 30, second_person: true');
const world = makeWorld(policy);
const failing = world.assess({ auc: 'fail' });
const assessment = { sha256: sha256Hex(failing) };

// Ana's is no second one: she does not hold the role. Nor is Ben's other one: he is the same person.
export const attack: Attack = {
  code: 'check-failed',
  recipe: {
    policy,
    approvals: [
      world.sign({ by: ana, predicate: { assessment, waivers: [waiver] } }),
      world.sign({ by: ben, predicate: { assessment, waivers: [waiver] } }),
      world.sign({ by: ben, predicate: { assessment, waivers: [waiver], comment: 'again' } }),
    ],
    assessments: [failing],
  },
};
