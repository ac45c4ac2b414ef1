import { type Attack, onOther, rolledBack } from '../support/attack.ts';

export const attack: Attack = {
  code: 'assessment-missing',
  recipe: rolledBack(undefined, { assessments: [onOther] }),
};
