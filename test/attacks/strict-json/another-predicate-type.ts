import { type Attack, edited, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'statement-malformed',
  recipe: forgedBen({ payload: edited('urn:model-signoff:approval:v1', 'urn:model-signoff:approval:v2') }),
};
