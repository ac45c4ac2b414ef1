import { statementBytes } from '../../../src/approval/statement-writer.ts';
import { ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, edited, forgedBen, sign } from '../support/attack.ts';

/** So long that the base64 of the payload ends with padding. */
const comment =
  ['', 'x'].find(
    (text) => statementBytes(sign({ by: ben, predicate: { comment: text } }).statement).length % 3 !== 0,
  ) ?? '';

export const attack: Attack = {
  code: 'envelope-malformed',
  recipe: forgedBen({ predicate: { comment }, file: edited(/=+","signatures"/, '","signatures"') }),
};
