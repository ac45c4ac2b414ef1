import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, goodBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'history-missing',
  recipe: {
    approvals: [goodAna, goodBen],
    author: `Ben <${ben.name}>`,
    afterwards: (folder) =>
      writeFileSync(join(folder, '.git/shallow'), readFileSync(join(folder, '.git/refs/heads/main'))),
  },
};
