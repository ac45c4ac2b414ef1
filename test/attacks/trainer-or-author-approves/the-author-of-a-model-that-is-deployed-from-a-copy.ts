import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { ana, ben, makeWorld, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';

const policy = POLICY.replace('experiment: default-classifier', 'experiment: default-classifier, artifact: model');
const { sign } = makeWorld(policy);

/** The policy says where the model lies in git. */
export const attack: Attack = {
  code: 'not-separate',
  recipe: {
    policy,
    approvals: [sign({ by: ana }), sign({ by: ben })],
    author: `Ben <${ben.name}>`,
    modelAt: 'deployed',
    afterwards: (folder) => cpSync(join(folder, 'model'), join(folder, 'deployed'), { recursive: true }),
  },
};
