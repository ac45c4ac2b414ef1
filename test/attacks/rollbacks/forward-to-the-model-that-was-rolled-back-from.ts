import { sha256Hex } from '../../../src/base/hashing.ts';
import { ana, ben, MODEL, OTHER_FILES } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, onOther, rollBack, rolledBack } from '../support/attack.ts';
import { OTHER_SIGNED_MODEL } from '../support/recipe.ts';

// Ana took the other model away; one signature must not be enough to bring it again.
const back = rollBack(ana);
const assessment = { sha256: sha256Hex(onOther) };
const forward = rollBack(ben, { assessment, replaces: MODEL.modelId, supersedes: [back.id] }, { files: OTHER_FILES });
const { approvals, ...rest } = rolledBack(back, { model: OTHER_SIGNED_MODEL });

export const attack: Attack = {
  code: 'nothing-to-roll-back',
  recipe: { ...rest, approvals: [...approvals, forward] },
};
