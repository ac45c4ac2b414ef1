import { type Attack, goodAna, goodBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'model-changed',
  recipe: { approvals: [goodAna, goodBen], model: { MLmodel: 'weights', 'model.pkl': 'flavors: {}' } },
};
