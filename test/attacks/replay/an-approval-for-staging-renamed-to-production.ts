import { type Attack, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'file-name-mismatch',
  recipe: forgedBen({
    predicate: { environment: 'staging' },
    path: (path) => path.replace('/staging.', '/production.'),
  }),
};
