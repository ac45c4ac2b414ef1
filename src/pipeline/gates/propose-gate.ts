import { existsSync, readFileSync } from 'node:fs';
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
  /** An https address, or a path in the repository. */
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
  const modelPath = wishes.modelPath;
  if (modelPath === undefined)
    return fail(
      'option-missing',
      'Name the very bytes that are deployed, as the pipeline has them: --model-path <path>.',
    );
  const odd = Object.values({ ...wishes, deploy: undefined, policyPath }).find((text) => INSERTED.test(text ?? ''));
  if (odd !== undefined) {
    const message = `“${odd}” can’t stand in a pipeline’s file: braces in pairs and control characters mean something of their own there.`;
    return fail('option-refused', message);
  }
  const common = {
    ...{ model: policy.model, environment, modelPath, policyPath },
    trustedRef: wishes.trustedRef ?? (await mainBranchOf(repository)) ?? LOCAL_MAIN,
    deploy: wishes.deploy ?? './deploy.sh',
  };
  if (environments[environment]?.automatic === true) {
    const specifier = wishes.verifier ?? `${TOOL.name}@${TOOL.version}`;
    return succeed({ ...common, verifier: { kind: 'package', specifier } });
  }
  if (wishes.verifier === undefined) {
    const message =
      'Say where the pipeline finds the verifier, signoff-verify.cjs: --verifier takes an https address, or a path in the repository.';
    return fail('option-missing', message);
  }
  const sha256 = verifierDigest();
  if (sha256 === undefined)
    return fail(
      'verifier-missing',
      'This program lies without signoff-verify.cjs.sha256, so there is nothing to pin the verifier by.',
    );
  return succeed({ ...common, verifier: { kind: 'file', place: wishes.verifier, sha256 } });
}

/** Of `dist/signoff-verify.cjs`, which is built together with whatever this runs in. */
export function verifierDigest(): string | undefined {
  const places = ['../signoff-verify.cjs.sha256', '../../../dist/signoff-verify.cjs.sha256'];
  const file = places.map((place) => new URL(place, import.meta.url)).find((each) => existsSync(each));
  const text = file === undefined ? '' : readFileSync(file, 'utf8');
  return /^[0-9a-f]{64}/.exec(text)?.[0];
}
