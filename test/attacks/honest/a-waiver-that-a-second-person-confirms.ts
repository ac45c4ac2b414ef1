import { sha256Hex } from '../../../src/base/hashing.ts';
import { ana, ben, DPIA, eve, makeWorld, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import { waiver } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

const policy = POLICY.replace('max_days: 30', 'max_days: 30, second_person: true');
const world = makeWorld(policy);
const failing = world.assess({ auc: 'fail' });
const assessment = { sha256: sha256Hex(failing) };

export const recipe: Recipe = {
  policy,
  approvals: [
    world.sign({ by: ana, predicate: { assessment } }),
    ...[ben, eve].map((by) => world.sign({ by, predicate: { assessment, waivers: [waiver], attestations: [DPIA] } })),
  ],
  assessments: [failing],
};
