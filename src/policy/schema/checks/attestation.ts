import * as z from '../../../base/shape/z.ts';
import { nameOf, textOf } from '../words.ts';
import { commonFields } from './common.ts';

export const AttestationCheck = z
  .strictObject({
    check: z.literal('attestation').describe('A person confirms something that no file can prove.'),
    text: textOf('The sentence that the person signs.'),
    role: nameOf('The role that may attest; any counted approver when not given.').optional(),
    evidence: z
      .enum(['required', 'optional'])
      .describe('Whether a file must come with it; `optional` when not given.')
      .optional(),
    ...commonFields,
  })
  .describe('A person confirms something that no file can prove.');
