import { sha256Hex } from '../base/hashing.ts';
import type { Result } from '../base/result.ts';
import { listModelFiles, type ModelFiles } from '../evidence/model-files.ts';
import { readBlob, resolveCommit } from '../git/objects.ts';
import type { Policy } from '../policy/schema.ts';
import type { Run } from '../runs/run.ts';
import type { CompleteOptions } from './complete-statement.ts';
import type { PreparedStatement } from './prepared-statement.ts';
import { readPolicyBytes } from './read-policy.ts';
import { approvalSituation, verdictByHead } from './situation.ts';
import type { Subject } from './statement.ts';

/** Where the model's files were found, and are looked for again before anything is signed. */
export interface ModelSource {
  readonly artifact: string | undefined;
  readonly run: Run;
  readonly policyFolder: string;
}

/** A statement that lets a model in, as it was shown. */
export interface ShownStatement extends PreparedStatement {
  readonly modelSource: ModelSource;
}

/** Looks at the model and the policy again: minutes may have passed while a person read. */
export async function whatChanged(
  prepared: ShownStatement,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
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

/** What HEAD says once the statement is in it; the pipeline asks `verify`. */
export async function standingNow(prepared: PreparedStatement, { now, signal }: CompleteOptions) {
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
