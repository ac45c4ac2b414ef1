import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type Attack, goodAna, goodBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'model-unreadable',
  recipe: {
    approvals: [goodAna, goodBen],
    afterwards: (folder) => {
      execFileSync('mkfifo', [join(folder, 'model/pipe')]);
    },
  },
};
