import { statementBytes } from '../../../src/approval/statement-writer.ts';
import { ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, forgedBen, sign } from '../support/attack.ts';

/** So long that the base64 of the payload ends with padding. */
const comment =
  ['', 'x'].find(
    (text) => statementBytes(sign({ by: ben, predicate: { comment: text } }).statement).length % 3 !== 0,
  ) ?? '';

/** The digit that follows in base64's alphabet: the same bytes, since the last bits mean nothing. */
function after(digit: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  return alphabet.charAt(alphabet.indexOf(digit) + 1);
}

export const attack: Attack = {
  code: 'envelope-malformed',
  recipe: forgedBen({
    predicate: { comment },
    file: (bytes) =>
      Buffer.from(
        bytes.toString().replace(/(.)(=+","signatures")/, (_, last: string, rest: string) => after(last) + rest),
      ),
  }),
};
