import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Hex } from '../../../src/base/hashing.ts';
import { modelIdOf } from '../../../src/evidence/model-files.ts';
import { ana, ben, makeWorld, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';
import { commitAs } from '../support/commit-as.ts';

const policy = POLICY.replace(
  'experiment: default-classifier',
  'experiment: default-classifier, artifact: model/model.pkl',
);
const { assess, sign } = makeWorld(policy);
const files = [{ name: 'model.pkl', sha256: sha256Hex('weights') }];
const assessment = assess({}, { model_id: modelIdOf(files) });
const predicate = { assessment: { sha256: sha256Hex(assessment) } };

/** Somebody else changed the file beside it. */
export const attack: Attack = {
  code: 'not-separate',
  recipe: {
    policy,
    approvals: [ana, ben].map((by) => sign({ by, files, predicate })),
    assessments: [assessment],
    author: `Ben <${ben.name}>`,
    question: { modelPath: undefined },
    afterwards: (folder) => {
      writeFileSync(join(folder, 'model/README.md'), 'Read me');
      commitAs('Dan <dan@acme.example>', folder, 'model/README.md');
    },
  },
};
