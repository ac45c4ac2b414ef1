import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, goodBen } from '../support/attack.ts';
import { commitAs } from '../support/commit-as.ts';
import { git } from '../support/git.ts';

/** The outer repository knows of a submodule nothing but its commit. */
export const attack: Attack = {
  code: 'not-separate',
  recipe: {
    approvals: [goodAna, goodBen],
    modelAt: 'vendor/model',
    afterwards: (folder) => {
      const vendor = join(folder, 'vendor');
      mkdirSync(vendor);
      git(vendor, 'init', '--quiet');
      cpSync(join(folder, 'model'), join(vendor, 'model'), { recursive: true });
      commitAs(`Ben <${ben.name}>`, vendor, 'model/MLmodel', 'model/model.pkl');
      commitAs('Dan <dan@acme.example>', folder, 'vendor');
    },
  },
};
