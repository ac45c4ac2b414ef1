import { sha256Hex } from '../../../src/base/hashing.ts';
import { ana, ben, DPIA, MODEL, OTHER_MODEL } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, assess, goodAna, goodBen, onOther, rollBack, sign, successors } from '../support/attack.ts';

// The model was replaced once and then approved anew, for a time that is over: its first approvals bring nothing back.
const again = assess({}, { baseline: OTHER_MODEL.modelId });
const returned = {
  ...{ assessment: { sha256: sha256Hex(again) }, replaces: OTHER_MODEL.modelId },
  supersedes: successors.map(({ id }) => id),
  ...{ issued: '2025-01-01T00:00:00Z', expires: '2025-02-01T00:00:00Z', attestations: [DPIA] },
};

export const attack: Attack = {
  code: 'nothing-to-roll-back',
  recipe: {
    approvals: [
      ...[goodAna, goodBen, ...successors],
      ...[ana, ben].map((by) => sign({ by, predicate: returned })),
      rollBack(ben),
    ],
    assessments: [assess(), onOther, again],
    question: { live: MODEL.modelId },
  },
};
