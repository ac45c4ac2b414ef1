import { ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, edited, forgedBen, sign } from '../support/attack.ts';

const other = sign({ by: ben, predicate: { comment: 'other' } });

export const attack: Attack = {
  code: 'signature-invalid',
  recipe: forgedBen({
    file: edited(/"sig":".*"/, (/"sig":".*"/.exec(Buffer.from(other.content as Uint8Array).toString()) ?? [''])[0]),
  }),
};
