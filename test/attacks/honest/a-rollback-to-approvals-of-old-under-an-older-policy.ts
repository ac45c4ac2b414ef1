import { sha256Hex } from '../../../src/base/hashing.ts';
import { ana, ben, DPIA } from '../../unit/approval/support/sign-off-case.ts';
import { assess, onOther, rollBack, sign, successors } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

const policy = { sha256: '0'.repeat(64) };
const older = assess({}, { policy: { path: 'signoff.yaml', ...policy } });
const assessment = { sha256: sha256Hex(older) };
const predicate = { assessment, policy, issued: '2025-01-01T00:00:00Z', expires: '2025-02-01T00:00:00Z' };
const old = [sign({ by: ana, predicate }), sign({ by: ben, predicate: { ...predicate, attestations: [DPIA] } })];

export const recipe: Recipe = {
  approvals: [...old, ...successors, rollBack(ben, { assessment })],
  assessments: [older, onOther],
};
