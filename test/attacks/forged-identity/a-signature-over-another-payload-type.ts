import { type Attack, edited, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'signature-invalid',
  recipe: forgedBen({
    signedBytes: edited('application/vnd.in-toto+json', 'application/vnd.in-toto+jsom'),
  }),
};
