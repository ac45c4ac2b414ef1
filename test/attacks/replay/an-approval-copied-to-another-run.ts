import { type Attack, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'file-name-mismatch',
  recipe: forgedBen({ path: (path) => path.replace('run-1', 'run-2') }),
};
