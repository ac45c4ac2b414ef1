import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { inRepository } from '../../../../scripts/lib/repository.mjs';
import { sha256Hex } from '../../../../src/base/hashing.ts';
import type { Gate } from '../../../../src/pipeline/gates/gate.ts';
import { sign } from '../../../attacks/support/attack.ts';
import { buildRepositories } from '../../../attacks/support/build-repositories.ts';
import { OTHER_SIGNED_MODEL, type Recipe } from '../../../attacks/support/recipe.ts';
import { ana, ben, OTHER_MODEL, POLICY } from '../../approval/support/sign-off-case.ts';

export const VERIFIER = inRepository('dist', 'signoff-verify.cjs');
const DAY_MS = 86_400_000;

/** What can be wrong with a sign-off, and the one that is right. */
export const GOOD = 'signed by both';
export const BAD = [
  'signed by nobody',
  'signed by one of two',
  'rejected by one',
  'expired',
  'of another model',
  'of a model that was changed since',
  'under another policy',
] as const;
export type GatedCase = typeof GOOD | (typeof BAD)[number];

export interface GatedClones {
  /** A fresh clone as a pipeline checks it out; its `deploy.sh` leaves `deployed` there. */
  readonly clone: (of: GatedCase) => string;
  readonly remove: () => void;
}

/** Signed repositories whose branch `protected` is trusted, one for each case, and clones of them. */
export function gatedClones(): GatedClones {
  const instant = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;
  const issued = instant(Date.now() - 2 * DAY_MS);
  const signing = { issued, expires: instant(Date.now() + DAY_MS) };
  const [byAna, byBen] = [ana, ben].map((by) => sign({ by, predicate: signing }));
  const past = { issued, expires: instant(Date.now() - DAY_MS) };
  const files = { 'deploy.sh': 'printf %s "$1" > deployed\n' };
  if (byAna === undefined || byBen === undefined) throw new Error('Nobody signed.');
  const approvals = [byAna, byBen];
  const recipes: Readonly<Record<GatedCase, Recipe>> = {
    [GOOD]: { approvals, files },
    'signed by nobody': { approvals: [], files },
    'signed by one of two': { approvals: [byAna], files },
    'rejected by one': {
      approvals: [...approvals, sign({ by: ben, predicate: { ...signing, decision: 'reject' } })],
      files,
    },
    expired: { approvals: [ana, ben].map((by) => sign({ by, predicate: past })), files },
    'of another model': {
      approvals: [ana, ben].map((by) => sign({ by, predicate: signing, files: OTHER_MODEL.files })),
      files,
    },
    'of a model that was changed since': { approvals, files, model: OTHER_SIGNED_MODEL },
    'under another policy': { approvals, files, headPolicy: POLICY.replace('min: 0.8', 'min: 0.1') },
  };
  const names = Object.keys(recipes);
  const built = buildRepositories(Object.values(recipes));
  const scratch = mkdtempSync(join(tmpdir(), 'signoff-gates-'));
  let clones = 0;
  const clone = (of: GatedCase): string => {
    clones += 1;
    const folder = join(scratch, `clone-${clones}`);
    execFileSync('git', ['clone', '--quiet', built.folders[names.indexOf(of)] ?? '', folder]);
    return folder;
  };
  return {
    clone,
    remove: () => {
      built.remove();
      rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** A gate of these repositories; what it deploys, `deployedIn` tells. */
export function gateFrom(place: string, changes: Partial<Gate> = {}): Gate {
  return {
    ...{ model: 'default-classifier', environment: 'production', policyPath: 'signoff.yaml', modelPath: 'model' },
    trustedRef: 'refs/remotes/origin/protected',
    verifier: { kind: 'file', place, sha256: sha256Hex(readFileSync(VERIFIER)) },
    deploy: 'sh ./deploy.sh model',
    ...changes,
  };
}

/** What `deploy.sh` was told to deploy; undefined where it was never reached. */
export function deployedIn(folder: string): string | undefined {
  const file = join(folder, 'deployed');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** The environment of a pipeline whose `node` is the one that runs here. */
export function pipelineEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}` };
}
