import { sha256Hex } from '../../../src/base/hashing.ts';
import { ana, ben, MODEL, OTHER_FILES } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, assess, day, failingOnOther, goodAna, goodBen, sign } from '../support/attack.ts';

const predicate = {
  assessment: { sha256: sha256Hex(failingOnOther) },
  replaces: MODEL.modelId,
  waivers: [{ check: 'auc', reason: 'known dip', until: day(-1) }],
};
const waived = [ana, ben].map((by) => sign({ by, files: OTHER_FILES, predicate }));

export const attack: Attack = {
  code: 'superseded',
  recipe: { approvals: [goodAna, goodBen, ...waived], assessments: [assess(), failingOnOther] },
};
