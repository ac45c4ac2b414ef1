import { sha256Hex } from '../../../src/base/hashing.ts';
import { modelIdOf } from '../../../src/evidence/model-files.ts';
import { ana, ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, assess, sign } from '../support/attack.ts';

const files = [{ name: 'model.pkl', sha256: sha256Hex('') }];
const bytes = assess({}, { model_id: modelIdOf(files) });
const predicate = { assessment: { sha256: sha256Hex(bytes) } };

export const attack: Attack = {
  code: 'model-unreadable',
  recipe: {
    approvals: [ana, ben].map((by) => sign({ by, files, predicate })),
    assessments: [bytes],
    model: { 'model.pkl': '' },
  },
};
