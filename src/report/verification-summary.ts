import type { Judged } from '../approval/judgement.ts';
import { sha256Hex } from '../base/hashing.ts';
import { TOOL } from '../base/tool.ts';
import { jsonText } from './json-text.ts';

export interface VerifiedPlace {
  readonly environment: string;
  /** Relative to the repository's top level. */
  readonly policyPath: string;
  readonly now: Date;
}

export const VERIFIER_ID = 'urn:model-signoff:verify:v1';
/** A level of our own, as the specification allows: nothing is claimed about SLSA's tracks. */
export const APPROVED_LEVEL = 'MODEL_SIGNOFF_APPROVED';

/**
 * A SLSA verification summary (https://slsa.dev/spec/v1.2/verification_summary) of a model that is approved: an in-toto
 * statement for the pipeline to sign, because whoever signs it vouches for this very run of the verifier. Inputs are named
 * by the digest of what people signed, their statements' ids: what the verdict counts, and no more. Never make one of a
 * verdict that refuses.
 */
export function renderVerificationSummary(judged: Judged, { environment, policyPath, now }: VerifiedPlace): string {
  const { policy, policyBytes, model, counted } = judged;
  const place = [policy.project, policy.model, environment].map(encodeURIComponent).join('/');
  return jsonText({
    _type: 'https://in-toto.io/Statement/v1',
    subject: model.files.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
    predicateType: 'https://slsa.dev/verification_summary/v1',
    predicate: {
      verifier: { id: VERIFIER_ID, version: { [TOOL.name]: TOOL.version } },
      timeVerified: `${now.toISOString().slice(0, 19)}Z`,
      resourceUri: `urn:model-signoff:model:${place}`,
      policy: { uri: pathUri(policyPath), digest: { sha256: sha256Hex(policyBytes) } },
      inputAttestations: counted.map(({ id, file }) => ({ uri: pathUri(file), digest: { sha256: id } })),
      verificationResult: 'PASSED',
      verifiedLevels: [APPROVED_LEVEL],
      slsaVersion: '1.2',
    },
  });
}

/** A relative reference: which repository it is in, whoever signs the summary knows. */
function pathUri(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
