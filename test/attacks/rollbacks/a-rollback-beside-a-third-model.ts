import { sha256Hex } from '../../../src/base/hashing.ts';
import { modelIdOf } from '../../../src/evidence/model-files.ts';
import { ana, ben, OTHER_FILES, OTHER_MODEL } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, assess, goodAna, goodBen, onOther, rollBack, sign, successors } from '../support/attack.ts';

// On another branch the other model was replaced by a third one, and the branches were merged.
const files = OTHER_FILES.map(({ name }) => ({ name, sha256: sha256Hex(`third ${name}`) }));
const onThird = assess({}, { model_id: modelIdOf(files), baseline: OTHER_MODEL.modelId });
const predicate = { assessment: { sha256: sha256Hex(onThird) }, replaces: OTHER_MODEL.modelId };
const third = [ana, ben].map((by) => sign({ by, files, predicate }));

export const attack: Attack = {
  code: 'fork',
  recipe: {
    approvals: [goodAna, goodBen, ...successors, ...third, rollBack(ben)],
    assessments: [assess(), onOther, onThird],
  },
};
