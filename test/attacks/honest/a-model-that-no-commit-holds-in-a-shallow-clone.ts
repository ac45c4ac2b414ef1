import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goodAna, goodBen } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

/** It was brought here from a registry, so no history could tell who wrote it. */
export const recipe: Recipe = {
  approvals: [goodAna, goodBen],
  modelAt: 'downloaded',
  afterwards: (folder) => {
    cpSync(join(folder, 'model'), join(folder, 'downloaded'), { recursive: true });
    writeFileSync(join(folder, '.git/shallow'), readFileSync(join(folder, '.git/refs/heads/main')));
  },
};
