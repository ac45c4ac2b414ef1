import { type Attack, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'wrong-project',
  recipe: forgedBen({
    predicate: { model: 'other' },
    path: (path) => path.replace('/other/', '/default-classifier/'),
  }),
};
