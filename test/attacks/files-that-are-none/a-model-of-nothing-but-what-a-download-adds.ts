import { type Attack, goodAna, goodBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'model-unreadable',
  recipe: { approvals: [goodAna, goodBen], model: { registered_model_meta: 'model_name: default-classifier\n' } },
};
