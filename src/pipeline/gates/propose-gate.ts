import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fail, type Result, succeed } from '../../base/result.ts';
import { TOOL } from '../../base/tool.ts';
import { mainBranchOf } from '../../git/main-branch.ts';
import type { Repository } from '../../git/repository.ts';
import type { Policy } from '../../policy/schema.ts';
import type { Gate } from './gate.ts';

/** What a person may say of a gate; the rest is found here. */
export interface GateWishes {
  readonly environment?: string | undefined;
  readonly trustedRef?: string | undefined;
  readonly modelPath?: string | undefined;
  /** An https address, or a path in the repository; the pipeline's variable `SIGNOFF_VERIFIER` when not given. */
  readonly verifier?: string | undefined;
  readonly deploy?: string | undefined;
}

/** What GitHub and Argo replace before a shell sees it, and what ends a line. */
const INSERTED = /\{\{|\}\}|\p{Cc}/u;
const LOCAL_MAIN = 'refs/heads/main';

/**
 * Fills in what is not said: the last environment that people sign for, the remote's main branch, and the digest of the
 * verifier that was built with this program.
 */
export async function proposeGate(
  {
    repository,
    policy,
    policyPath,
  }: { readonly repository: Repository; readonly policy: Policy; readonly policyPath: string },
  wishes: GateWishes,
): Promise<Result<Gate>> {
  const { environments } = policy.signoff;
  const environment =
    wishes.environment ?? Object.keys(environments).findLast((name) => environments[name]?.automatic !== true);
  if (environment === undefined || !Object.hasOwn(environments, environment)) {
    const message =
      environment === undefined
        ? 'Every environment of the policy is automatic: name one.'
        : `The policy has no environment "${environment}".`;
    return fail('environment-unknown', message);
  }
  const modelPath = wishes.modelPath ?? modelPathOf(policy, policyPath);
  if (modelPath === '')
    return fail('option-refused', 'The path of the model is empty: name the bytes that are deployed.');
  const odd = Object.values({ ...wishes, deploy: undefined, policyPath }).find((text) => INSERTED.test(text ?? ''));
  if (odd !== undefined) {
    const message = `“${odd}” can’t stand in a pipeline’s file: braces in pairs and control characters mean something of their own there.`;
    return fail('option-refused', message);
  }
  const movable = movableRef(wishes.trustedRef ?? '');
  if (movable !== undefined) return fail('option-refused', movable);
  const common = {
    ...{ model: policy.model, environment, modelPath, policyPath },
    trustedRef: wishes.trustedRef ?? (await mainBranchOf(repository)) ?? LOCAL_MAIN,
    deploy: wishes.deploy ?? './deploy.sh',
  };
  if (environments[environment]?.automatic === true) {
    const specifier = wishes.verifier ?? `${TOOL.name}@${TOOL.version}`;
    return succeed({ ...common, verifier: { kind: 'package', specifier } });
  }
  const sha256 = verifierDigest();
  if (sha256 === undefined)
    return fail(
      'verifier-missing',
      'This program lies without signoff-verify.cjs.sha256, so there is nothing to pin the verifier by.',
    );
  return succeed({ ...common, verifier: { kind: 'file', place: wishes.verifier, sha256 } });
}

/** Where the policy names the model's files outside of the run, those; else `model` beside the policy. */
function modelPathOf({ run: { artifact } }: Policy, policyPath: string): string {
  const named = artifact === undefined || artifact.startsWith('run:') ? 'model' : artifact;
  return posix.join(posix.dirname(policyPath), named);
}

/** `verify` refuses such an anchor, too; it is better said before a pipeline stands still. */
function movableRef(ref: string): string | undefined {
  if (ref !== 'HEAD' && !ref.startsWith('refs/tags/')) return undefined;
  return `“${ref}” is no anchor, since whoever is to be verified can move it: name a protected branch.`;
}

/** Of `dist/signoff-verify.cjs`, which is built together with whatever this runs in. */
export function verifierDigest(): string | undefined {
  const places = ['../signoff-verify.cjs.sha256', '../../../dist/signoff-verify.cjs.sha256'];
  const file = places.map((place) => new URL(place, import.meta.url)).find((each) => existsSync(each));
  const text = file === undefined ? '' : readFileSync(file, 'utf8');
  return /^[0-9a-f]{64}/.exec(text)?.[0];
}
