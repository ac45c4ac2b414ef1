import { sha256Hex } from '../../../src/base/hashing.ts';
import {
  ana,
  ben,
  DPIA,
  eve,
  MODEL,
  makeWorld,
  OTHER_FILES,
  OTHER_MODEL,
  POLICY,
} from '../../unit/approval/support/sign-off-case.ts';
import { waiver } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

const today = POLICY.replace('max_days: 30', 'max_days: 30, second_person: true');
const { assess, sign } = makeWorld(today);

const policy = { sha256: '0'.repeat(64) };
const failed = assess({ auc: 'fail' }, { policy: { path: 'signoff.yaml', ...policy } });
const assessment = { sha256: sha256Hex(failed) };
const old = [
  sign({ by: ana, predicate: { assessment, policy } }),
  ...[ben, eve].map((by) => sign({ by, predicate: { assessment, policy, waivers: [waiver], attestations: [DPIA] } })),
];

const replaced = assess({}, { model_id: OTHER_MODEL.modelId, baseline: MODEL.modelId });
const successors = [ana, ben].map((by) =>
  sign({
    by,
    files: OTHER_FILES,
    predicate: { assessment: { sha256: sha256Hex(replaced) }, replaces: MODEL.modelId },
  }),
);
const supersedes = successors.map(({ id }) => id);
const back = {
  decision: 'rollback',
  comment: 'unfair',
  assessment,
  replaces: OTHER_MODEL.modelId,
  supersedes,
} as const;

export const recipe: Recipe = {
  policy: today,
  approvals: [...old, ...successors, sign({ by: ben, predicate: back })],
  assessments: [failed, replaced],
};
