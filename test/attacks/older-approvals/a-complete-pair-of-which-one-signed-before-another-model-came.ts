import { sha256Hex } from '../../../src/base/hashing.ts';
import { ben, OTHER_MODEL } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, assess, goodAna, goodBen, onOther, sign, successors } from '../support/attack.ts';

// Ben alone wants the first model back: Ana's approval of it is from before.
const backAgain = assess({}, { baseline: OTHER_MODEL.modelId });
const predicate = {
  assessment: { sha256: sha256Hex(backAgain) },
  replaces: OTHER_MODEL.modelId,
  supersedes: [goodBen, ...successors].map(({ id }) => id),
};

export const attack: Attack = {
  code: 'quorum-incomplete',
  recipe: {
    approvals: [goodAna, goodBen, ...successors, sign({ by: ben, predicate })],
    assessments: [assess(), onOther, backAgain],
  },
};
