import { countOf, listInWords } from '../../base/text.ts';
import { type EvidenceBytes, readEvidence } from '../../evidence/evidence-file.ts';
import { listModelFiles } from '../../evidence/model-files.ts';
import { readSigningBundle, type SigningBundle } from '../../evidence/model-signing/bundle.ts';
import { compareWithSigned, type SignedDifferences } from '../../evidence/model-signing/compare-files.ts';
import { isSignedBy, readVerifyingKey } from '../../evidence/model-signing/verify-signature.ts';
import { testName } from '../../evidence/reports/tool-report.ts';
import type { ReportCheck } from '../../policy/schema.ts';
import { type CheckContext, type Finding, notEvaluable } from '../check-context.ts';

const LARGEST_KEY = 100_000;
const MOST_NAMES = 3;

/**
 * An OpenSSF Model Signing bundle holds for the policy's key, and the model's files are exactly those that were signed.
 * A signature of another key and any other file fail; without a key the bundle is a claim of nobody, and no evidence.
 */
export async function checkModelSigning(
  check: ReportCheck,
  read: EvidenceBytes,
  context: CheckContext,
): Promise<Finding> {
  const known = { evidence: [read.file], formula: 'report/model-signing' };
  const bundle = readSigningBundle(read.bytes);
  if (!bundle.ok) return notEvaluable(`The report “${check.path}” ${bundle.problem.message}.`, known);
  if (check.key === undefined) return notEvaluable(withoutKey(check.path, bundle.value), known);
  if (check.key.startsWith('run:')) {
    return notEvaluable('The key is among the run’s artifacts, where whoever trains could put any key.', known);
  }
  const { signal } = context;
  const keyFile = await readEvidence(check.key, context, { what: 'The key', mostBytes: LARGEST_KEY, signal });
  if (!keyFile.ok) return notEvaluable(keyFile.problem.message, known);
  const withKey = { ...known, evidence: [read.file, keyFile.value.file] };
  const key = readVerifyingKey(keyFile.value.bytes);
  if (!key.ok) return notEvaluable(`The key “${check.key}” ${key.problem.message}.`, withKey);
  if (!isSignedBy(bundle.value, key.value)) {
    const message = `The signature in “${check.path}” was not made with the key “${check.key}”, or what it signs was changed.`;
    return { ...finding('fail', message), ...withKey };
  }
  const { policy, policyFolder, run } = context;
  const model = await listModelFiles(policy.run.artifact, { policyFolder, run, ...(signal ? { signal } : {}) });
  if (!model.ok) return notEvaluable(model.problem.message, withKey);
  const compared = await compareWithSigned(model.value, bundle.value.manifest, {
    bundle: read.location,
    allowed: check.unsigned ?? [],
    signal,
  });
  if (!compared.ok) return notEvaluable(`The report “${check.path}” ${compared.problem.message}.`, withKey);
  const complaint = complaintOf(compared.value);
  if (complaint !== undefined) {
    const message = `The signature in “${check.path}” holds for the key “${check.key}”, but not for the model: ${complaint}.`;
    return { ...finding('fail', message), ...withKey };
  }
  return { ...finding('pass', messageOf(check, key.value.curve, compared.value)), ...withKey };
}

function finding(status: 'pass' | 'fail', message: string): Omit<Finding, 'evidence' | 'formula'> {
  return { status, value: null, bound: null, interval: null, rows: null, message };
}

/** Not a single file that is as it was signed is no pass, either. */
function complaintOf({ changed, missing, unsigned, same }: SignedDifferences): string | undefined {
  const complaints = [
    ...(changed.length > 0 ? [`${namesOf(changed)} ${isAre(changed)} not as signed`] : []),
    ...(missing.length > 0 ? [`${namesOf(missing)} ${isAre(missing)} missing`] : []),
    ...(unsigned.length > 0 ? [`${namesOf(unsigned)} ${isAre(unsigned)} not signed`] : []),
  ];
  if (complaints.length > 0) return listInWords(complaints);
  return same > 0 ? undefined : 'none of its files was signed';
}

function messageOf({ path, key }: ReportCheck, curve: string, { same, leftOut }: SignedDifferences): string {
  const files = same === 1 ? 'the model’s file is' : `all ${countOf(same, 'file')} of the model are`;
  const besides = leftOut.length > 0 ? `; not signed, and allowed so: ${namesOf(leftOut)}` : '';
  return `The signature in “${path}” holds for the key “${key}” (${curve}), and ${files} as signed${besides}.`;
}

function withoutKey(path: string, { manifest }: SigningBundle): string {
  const names = [...manifest.digests.keys()];
  return `The report “${path}” says that ${namesOf(names)} ${names.length === 1 ? 'was' : 'were'} signed, which is no evidence until it is verified; name the signer’s public key as \`key\`.`;
}

function isAre(names: readonly string[]): string {
  return names.length === 1 ? 'is' : 'are';
}

function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => `“${testName(name, ' ')}”`);
  return listInWords(names.length > MOST_NAMES ? [...shown, `${names.length - MOST_NAMES} more`] : shown);
}
