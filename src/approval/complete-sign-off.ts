import { sha256Hex } from '../base/hashing.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { listModelFiles, type ModelFiles } from '../evidence/model-files.ts';
import { readBlob, resolveCommit } from '../git/objects.ts';
import type { Policy } from '../policy/schema.ts';
import { type CompletedStatement, type CompleteOptions, completeStatement, type Signer } from './complete-statement.ts';
import type { PreparedSignOff } from './prepare-sign-off.ts';
import { readPolicyBytes } from './read-policy.ts';
import { approvalSituation, verdictByHead } from './situation.ts';
import type { Subject } from './statement.ts';
import type { Verdict } from './verdict.ts';

export interface CompletedSignOff extends CompletedStatement {
  /** By HEAD's own signers and policy; the pipeline asks `verify`. */
  readonly quorumComplete: boolean;
  readonly verdict: Verdict;
}

/** Signs and commits an approval or rejection with its assessment. Anything that changed since it was shown stops it. */
export async function completeSignOff(
  prepared: PreparedSignOff,
  signer: Signer,
  options: CompleteOptions,
): Promise<Result<CompletedSignOff>> {
  const changed = prepared.already === undefined ? await whatChanged(prepared, options.signal) : undefined;
  if (changed !== undefined) return fail('changed-since-shown', changed);
  const assessment = { path: prepared.assessmentPath, content: prepared.assessmentBytes };
  const completed = await completeStatement(prepared, [assessment], signer, options);
  return completed.ok ? succeed({ ...completed.value, ...(await standingNow(prepared, options)) }) : completed;
}

/** Looks at the model and the policy again: minutes may have passed while a person read. */
async function whatChanged(prepared: PreparedSignOff, signal: AbortSignal | undefined): Promise<string | undefined> {
  const { statement, repository, policyPath, modelSource } = prepared;
  const { artifact, run, policyFolder } = modelSource;
  const model = await listModelFiles(artifact, { run, policyFolder, signal, pointers: 'resolve pointers' });
  if (!model.ok) return `The model can't be read any more: ${model.problem.message}`;
  const file = changedFile(statement.subject, model.value.files);
  if (file !== undefined) return `${file} since it was shown: evaluate and sign again.`;
  const head = await resolveCommit(repository, 'HEAD');
  const policy = head === undefined ? undefined : await readBlob(repository, head, policyPath);
  const same = policy !== undefined && sha256Hex(policy) === statement.predicate.policy.sha256;
  return same ? undefined : 'The policy has changed since it was shown: evaluate and sign again.';
}

/** The first file that is new, gone or different. A new one would be signed for by nobody and deployed all the same. */
function changedFile(shown: readonly Subject[], found: ModelFiles['files']): string | undefined {
  const digests = new Map(shown.map(({ name, digest }) => [name, digest.sha256]));
  for (const { name, sha256 } of found) {
    const signed = digests.get(name);
    if (signed === undefined) return `The model file ${name} was added`;
    if (signed !== sha256) return `The model file ${name} has changed`;
    digests.delete(name);
  }
  const [gone] = digests.keys();
  return gone === undefined ? undefined : `The model file ${gone} was removed`;
}

async function standingNow(prepared: PreparedSignOff, { now, signal }: CompleteOptions) {
  const { repository, policyPath, statement } = prepared;
  const head = await resolveCommit(repository, 'HEAD');
  const policyBytes = (head && (await readBlob(repository, head, policyPath))) || new Uint8Array();
  const policy: Result<Policy> = readPolicyBytes(policyBytes, policyPath);
  if (!policy.ok) throw new Error(`The policy that was signed for can't be read: ${policy.problem.message}`);
  const { environment, run } = statement.predicate;
  const situation = await approvalSituation({ repository, policyPath, policy: policy.value, environment, now, signal });
  const files = statement.subject.map(({ name, digest }) => ({ name, sha256: digest.sha256 }));
  const modelId =
    situation.statements.find(({ id }) => id === prepared.id || id === prepared.already?.id)?.modelId ?? '';
  const verdict = verdictByHead(situation, { model: { modelId, files }, run, policyBytes });
  return { quorumComplete: verdict.approved, verdict };
}
