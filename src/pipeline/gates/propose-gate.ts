import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fail, type Result, succeed } from '../../base/result.ts';
import { TOOL } from '../../base/tool.ts';
import { mainBranchOf } from '../../git/main-branch.ts';
import type { Repository } from '../../git/repository.ts';
import type { Policy } from '../../policy/schema.ts';
import { targetsOf } from '../targets.ts';
import type { Gate } from './gate.ts';
import { whyNoAnchor, whyNotInPipelineFile } from './refusals.ts';
import { usualDeploy } from './shell-gate.ts';

/** What a person may say of a gate; the rest is found here. */
export interface GateWishes {
  readonly environment?: string | undefined;
  readonly trustedRef?: string | undefined;
  readonly modelPath?: string | undefined;
  /** An https address, or a path in the repository; the pipeline's variable `SIGNOFF_VERIFIER` when not given. */
  readonly verifier?: string | undefined;
  readonly deploy?: string | undefined;
}

/** Whose gate it is. */
export interface GatePlace {
  readonly repository: Repository;
  readonly policy: Policy;
  /** Relative to the repository's top level. */
  readonly policyPath: string;
}

/** What stands in a gate where nobody says otherwise. */
export interface GateDefaults {
  /** The last that people sign for; undefined where every environment is automatic. */
  readonly environment: string | undefined;
  readonly trustedRef: string;
  readonly modelPath: string;
}

const LOCAL_MAIN = 'refs/heads/main';

export async function gateDefaults({ repository, policy, policyPath }: GatePlace): Promise<GateDefaults> {
  const { environments } = policy.signoff;
  return {
    environment: Object.keys(environments).findLast((name) => environments[name]?.automatic !== true),
    trustedRef: (await mainBranchOf(repository)) ?? LOCAL_MAIN,
    modelPath: modelPathOf(policy, policyPath),
  };
}

/** Fills in what is not said, and the digest of the verifier that was built with this program. */
export async function proposeGate(place: GatePlace, wishes: GateWishes): Promise<Result<Gate>> {
  const { policy, policyPath } = place;
  const { environments } = policy.signoff;
  const defaults = await gateDefaults(place);
  const environment = wishes.environment ?? defaults.environment;
  if (environment === undefined || !Object.hasOwn(environments, environment)) {
    const message =
      environment === undefined
        ? 'Every environment of the policy is automatic: name one.'
        : `The policy has no environment "${environment}".`;
    return fail('environment-unknown', message);
  }
  const modelPath = wishes.modelPath ?? defaults.modelPath;
  if (modelPath === '')
    return fail('option-refused', 'The path of the model is empty: name the bytes that are deployed.');
  const trustedRef = wishes.trustedRef ?? defaults.trustedRef;
  // What a policy or a remote names is no safer than what a person asks for.
  const refusal =
    [environment, trustedRef, modelPath, policyPath, wishes.verifier ?? '']
      .map(whyNotInPipelineFile)
      .find((why) => why !== undefined) ?? whyNoAnchor(trustedRef);
  if (refusal !== undefined) return fail('option-refused', refusal);
  const common = {
    ...{ model: policy.model, environment, modelPath, policyPath, trustedRef },
    targets: targetsOf(policy, environment, 'on_approved'),
    deploy: wishes.deploy ?? usualDeploy(trustedRef),
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

/** Of `dist/signoff-verify.cjs`, which is built together with whatever this runs in. */
export function verifierDigest(): string | undefined {
  const places = ['../signoff-verify.cjs.sha256', '../../../dist/signoff-verify.cjs.sha256'];
  const file = places.map((place) => new URL(place, import.meta.url)).find((each) => existsSync(each));
  const text = file === undefined ? '' : readFileSync(file, 'utf8');
  return /^[0-9a-f]{64}/.exec(text)?.[0];
}
