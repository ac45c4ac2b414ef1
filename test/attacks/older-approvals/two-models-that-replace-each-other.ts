import { sha256Hex } from '../../../src/base/hashing.ts';
import { ana, ben, OTHER_MODEL } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, assess, onOther, sign, successors } from '../support/attack.ts';

const back = assess({}, { baseline: OTHER_MODEL.modelId });

export const attack: Attack = {
  code: 'superseded',
  recipe: {
    approvals: [
      ...successors,
      ...[ana, ben].map((by) =>
        sign({ by, predicate: { replaces: OTHER_MODEL.modelId, assessment: { sha256: sha256Hex(back) } } }),
      ),
    ],
    assessments: [back, onOther],
  },
};
