import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, goodBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'not-separate',
  recipe: {
    approvals: [goodAna, goodBen],
    author: `Ben <${ben.name}>`,
    modelAt: 'current/model',
    afterwards: (folder) => symlinkSync('.', join(folder, 'current')),
  },
};
