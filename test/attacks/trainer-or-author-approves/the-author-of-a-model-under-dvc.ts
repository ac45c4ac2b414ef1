import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, goodBen } from '../support/attack.ts';
import { commitAs } from '../support/commit-as.ts';

/** Git has the pointer alone. */
export const attack: Attack = {
  code: 'not-separate',
  recipe: {
    approvals: [goodAna, goodBen],
    modelAt: 'trained/model',
    afterwards: (folder) => {
      mkdirSync(join(folder, 'trained'));
      cpSync(join(folder, 'model'), join(folder, 'trained/model'), { recursive: true });
      writeFileSync(join(folder, 'trained/model.dvc'), `outs:\n- md5: ${'0'.repeat(32)}.dir\n  path: model\n`);
      commitAs(`Ben <${ben.name}>`, folder, 'trained/model.dvc');
    },
  },
};
