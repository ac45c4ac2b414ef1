import { join, posix } from 'node:path';
import { sha256Hex } from '../base/hashing.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { BegunReading } from '../git/begin-reading.ts';
import { type Objects, withObjects } from '../git/objects.ts';
import type { Repository } from '../git/repository.ts';
import type { ListedRefs } from '../git/trusted-ref.ts';
import { environmentsComparedWith } from './approved-elsewhere.ts';
import type { Refusal } from './eligibility.ts';
import { assessmentPath, type SignoffFolder, signoffFolder } from './file-names.ts';
import { involvedPeople } from './involved-people.ts';
import { involvedIn, judge } from './judge.ts';
import { type Judgement, refused, signedAssessment, withReasons } from './judgement.ts';
import {
  type LoadRun,
  loadRunOfPolicy,
  type ModelUnderJudgement,
  modelUnderJudgement,
} from './model-under-judgement.ts';
import { type ReadApprovals, readApprovals } from './read-approvals.ts';
import { runsInQuestion } from './runs-in-question.ts';
import { type Involved, missingHistory, unknownNames } from './separation.ts';
import type { AssessmentFiles } from './signed-assessment.ts';
import { approvalFilesAt, assessmentAt } from './signoff-files.ts';
import { opensSomething } from './statement.ts';
import { findAnchor, readTrusted, type TrustAnchor } from './trust-anchor.ts';
import type { Verdict } from './verdict.ts';
import { workTreeDifferences } from './work-tree-differences.ts';

export interface VerifyRequest {
  readonly repository: Repository;
  /** Relative to the repository's top level, `/`-separated. */
  readonly policyPath: string;
  readonly environment: string;
  readonly run?: string | undefined;
  /** The bytes to deploy: absolute path of a file or folder. */
  readonly modelPath?: string | undefined;
  readonly anchor: TrustAnchor;
  /** The id of the model that runs now, or `none`. */
  readonly live?: string | undefined;
  readonly now: Date;
  readonly signal?: AbortSignal | undefined;
  readonly loadRun?: LoadRun;
  /** What the caller has begun to read, and closes. */
  readonly begun?: BegunReading | undefined;
}

const LIVE = /^(?:none|[0-9a-f]{64})$/;

/**
 * Answers whether the model may go live: policy and signers from the trusted commit, approvals and assessments from
 * HEAD, the model's bytes from disk. Reads git objects by plumbing, runs nothing of the repository's, writes nothing.
 * A problem means that the question could not be asked (exit 2): no anchor, no such environment, no such run.
 */
export async function verify(request: VerifyRequest): Promise<Result<Verdict>> {
  const judgement = await verifyInDetail(request);
  return judgement.ok ? succeed(judgement.value.verdict) : judgement;
}

/** As `verify`, with what the verdict rests on. */
export async function verifyInDetail(request: VerifyRequest): Promise<Result<Judgement>> {
  if (request.live !== undefined && !LIVE.test(request.live)) {
    return fail('live-malformed', 'What runs now is a model id (64 hexadecimal digits) or "none".');
  }
  try {
    const { repository, begun, signal } = request;
    if (begun?.topLevel === repository.topLevel) return await verifyHead(request, begun.objects, begun.listed);
    return await withObjects(repository, (objects) => verifyHead(request, objects), signal);
  } catch (error) {
    return ofBrokenObject(error);
  }
}

/** What an object that can't be read comes to. Told by name: the one file loads some rooms late, with classes of their own. */
function ofBrokenObject(error: unknown): Result<Judgement> {
  if (!(error instanceof Error)) throw error;
  const { name, message } = error;
  // The policy, the signers or a folder: what the whole verdict rests on.
  if (name === 'MissingObjectError') return fail('object-missing', message);
  if (name === 'ObjectTooLargeError') return refused({ code: 'too-large', message });
  if (name !== 'CorruptObjectError') throw error;
  return refused({ code: 'object-corrupt', message });
}

async function verifyHead(request: VerifyRequest, objects: Objects, listed?: ListedRefs): Promise<Result<Judgement>> {
  const { repository, policyPath, environment, signal } = request;
  const [head, anchor] = await Promise.all([objects.head(), findAnchor(repository, objects, request.anchor, listed)]);
  if (head === undefined)
    return fail('head-missing', 'The repository has no commit yet, so there is nothing to verify.');
  if (!anchor.ok) return anchor;
  const folder = signoffFolder(policyPath);
  const now = request.now.getTime();
  const trusted = await readTrusted({ objects, anchor: anchor.value, head, policyPath, folder, now });
  if ('refusal' in trusted) return refused(trusted.refusal);
  const { policy } = trusted;
  if (!Object.hasOwn(policy.signoff.environments, environment)) {
    const known = Object.keys(policy.signoff.environments).join(', ');
    return fail('environment-unknown', `The policy has no environment "${environment}": it has ${known}.`);
  }
  const loadRun = request.loadRun ?? loadRunOfPolicy;
  const policyFolder = join(repository.topLevel, posix.dirname(policyPath));
  const model = await modelUnderJudgement({
    ...request,
    modelPath: request.modelPath,
    run: request.run,
    policy,
    policyFolder,
    loadRun,
    signal,
  });
  if (!model.ok) {
    // A model that is there and can't be read was asked about properly: the answer is no.
    return MODEL_PROBLEMS.has(model.problem.code)
      ? refused({ code: 'model-unreadable', message: model.problem.message })
      : model;
  }
  const files = await approvalFiles(objects, head, trusted.commit, folder, policy.model);
  const approvals = readApprovals(files, {
    folder,
    policy,
    signers: trusted.signers,
    now,
  });
  const involved = await involvedPeople({
    repository,
    objects,
    policy,
    environment,
    policyPath,
    policyCommit: trusted.commit,
    head,
    runs: await runsInQuestion(request.run, approvals, {
      ...{ model: model.value, environment, policy },
      loadRun,
      policyFolder,
    }),
    modelPath: model.value.model.path,
  });
  const { own, all } = await assessmentsNamed(
    objects,
    { head, anchor: trusted.commit, folder, environment, comparedWith: environmentsComparedWith(policy) },
    approvals,
    model.value,
  );
  const verdict = judge({
    folder,
    environment,
    policy,
    policySha256: sha256Hex(trusted.policyBytes),
    approvals,
    assessments: all,
    model: model.value.model,
    run: request.run,
    involved,
    live: request.live,
    now,
  });
  const here = approvals.statements.filter(({ statement }) => statement.predicate.environment === environment);
  const namesInvolved = involvedIn({ involved, model: model.value.model }, here);
  const edited = workTreeDifferences(repository, [
    { path: policyPath, content: trusted.headPolicy },
    ...[...own].flatMap(([path, content]) => (content === undefined ? [] : [{ path, content }])),
    ...files.flatMap(({ path, content, inHead }) =>
      typeof content !== 'object' || !inHead ? [] : [{ path, content }],
    ),
  ]);
  const reasons = [...trusted.refusals, ...edited.map(workTreeDiffers), ...whatIsUntold(involved, repository)];
  const ids = new Set(verdict.approvals.map(({ id }) => id));
  const counted = approvals.statements.filter(({ id }) => ids.has(id));
  return succeed({
    verdict: { ...withReasons(verdict, reasons), ignored: [...trusted.ignored, ...verdict.ignored] },
    judged: {
      ...{ policy, policyBytes: trusted.policyBytes, model: model.value.model },
      ...{ statements: approvals.statements, counted, assessment: signedAssessment(counted, own, folder) },
      unknownNames: unknownNames(policy.signoff, environment, namesInvolved),
    },
  });
}

/** Codes of `listModelFiles` that say something about the model; any other problem is about the question. */
const MODEL_PROBLEMS = new Set([
  'artifact-missing',
  'model-unreadable',
  'model-empty',
  'model-pointer',
  'model-refused',
  'model-ambiguous',
]);

async function approvalFiles(objects: Objects, head: string, anchor: string, folder: SignoffFolder, model: string) {
  const inHead = await approvalFilesAt(objects, head, { folder, model, inHead: true });
  if (anchor === head) return inHead;
  return [...inHead, ...(await approvalFilesAt(objects, anchor, { folder, model, inHead: false }))];
}

/**
 * The assessments that approvals for the environment name, and for those that checks compare with: those of this very
 * model as HEAD holds them. Others tell which quorums took a place, and can be read from the anchor as well, so that nobody gains by deleting one.
 */
async function assessmentsNamed(
  objects: Objects,
  where: {
    readonly head: string;
    readonly anchor: string;
    readonly folder: SignoffFolder;
    readonly environment: string;
    readonly comparedWith: readonly string[];
  },
  approvals: ReadApprovals,
  { model }: ModelUnderJudgement,
): Promise<{ readonly own: AssessmentFiles; readonly all: AssessmentFiles }> {
  const own = new Set<string>();
  const named = new Set<string>();
  for (const { modelId, statement } of approvals.statements) {
    const { environment, decision, run, assessment } = statement.predicate;
    if (environment !== where.environment && !where.comparedWith.includes(environment)) continue;
    if (!opensSomething(decision)) continue;
    const path = assessmentPath(where.folder, statement.predicate.model, run, assessment.sha256);
    named.add(path);
    if (modelId === model.modelId && environment === where.environment) own.add(path);
  }
  // Asked for all at once, they travel through the pipe together.
  const read = async (path: string): Promise<readonly [string, Uint8Array | undefined]> => {
    const inHead = await assessmentAt(objects, where.head, path);
    if (inHead !== undefined || own.has(path) || where.anchor === where.head) return [path, inHead];
    return [path, await assessmentAt(objects, where.anchor, path)];
  };
  const all = new Map(await Promise.all([...named].map(read)));
  return { own: new Map([...all].filter(([path]) => own.has(path))), all };
}

function workTreeDiffers(path: string): Refusal {
  return { code: 'work-tree-differs', message: `${path} is not as it was committed: restore it, or commit it.` };
}

/** Nobody could be kept apart from whoever that is, so that they might approve their own work. */
function whatIsUntold(involved: Involved, repository: Repository): Refusal[] {
  const missing = missingHistory(involved, repository);
  if (missing === undefined) return [];
  return [{ code: 'history-missing', message: `${missing.lack}. Run: ${missing.command}` }];
}
