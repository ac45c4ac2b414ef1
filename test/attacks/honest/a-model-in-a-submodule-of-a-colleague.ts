import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { goodAna, goodBen } from '../support/attack.ts';
import { commitAs } from '../support/commit-as.ts';
import { git } from '../support/git.ts';
import type { Recipe } from '../support/recipe.ts';

export const recipe: Recipe = {
  approvals: [goodAna, goodBen],
  modelAt: 'vendor/model',
  afterwards: (folder) => {
    const vendor = join(folder, 'vendor');
    mkdirSync(vendor);
    git(vendor, 'init', '--quiet');
    cpSync(join(folder, 'model'), join(vendor, 'model'), { recursive: true });
    commitAs('Dan <dan@acme.example>', vendor, 'model/MLmodel', 'model/model.pkl');
    commitAs('Ben <ben@acme.example>', folder, 'vendor');
  },
};
