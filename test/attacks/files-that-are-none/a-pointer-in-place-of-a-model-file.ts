import { FILES } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, goodBen } from '../support/attack.ts';
import { SIGNED_MODEL } from '../support/recipe.ts';

export const attack: Attack = {
  code: 'model-unreadable',
  recipe: {
    approvals: [goodAna, goodBen],
    model: {
      ...SIGNED_MODEL,
      'model.pkl': `version https://git-lfs.github.com/spec/v1\noid sha256:${FILES[1].sha256}\nsize 7\n`,
    },
  },
};
