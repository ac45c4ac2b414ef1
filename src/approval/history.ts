import { commitsThatAdded } from '../git/history.ts';
import { withObjects } from '../git/objects.ts';
import type { Repository } from '../git/repository.ts';
import type { Policy } from '../policy/schema.ts';
import { approvalsFolder, type SignoffFolder } from './file-names.ts';
import { formatInstant, parseInstant } from './formats.ts';
import { type Evidence, evidenceOf } from './history-evidence.ts';
import { isComplete, type Quorum } from './quorums.ts';
import type { SignedStatement } from './signed-statement.ts';
import {
  type ApprovalSituation,
  approvalSituation,
  checksByHead,
  type SituationRequest,
  standingByHead,
} from './situation.ts';
import { completedAt, type IsEnough, inTurn } from './turns.ts';
import type { IgnoredFile } from './verdict.ts';

export const HISTORY_SCHEMA = 'urn:model-signoff:history:v1';

/** Where a statement came into history. Git's times are claims as well: they are shown, and nothing rests on them. */
export interface Landing {
  readonly commit: string;
  readonly time: string;
}

/** A statement of somebody, as it was signed. */
export interface SignedWord {
  readonly id: string;
  readonly person: string;
  readonly role: string;
  readonly key: string;
  readonly issued: string;
  readonly expires: string;
  readonly comment: string;
  readonly landed: Landing | null;
}

export type TurnState = 'in force' | 'expired' | 'superseded' | 'revoked' | 'rejected';

/** A model's turn in an environment: everybody who has to had approved it, or somebody went back to it. */
export interface Turn {
  readonly by: 'approval' | 'rollback';
  readonly model_id: string;
  readonly run: string;
  /** The model that it replaced; null for the first. */
  readonly replaces: string | null;
  readonly state: TurnState;
  /** When the last signature was given, as its signer dated it. */
  readonly since: string;
  /** When the next model's turn began; null while there is none. */
  readonly until: string | null;
  readonly signed: readonly SignedWord[];
  /** Of a rollback: the approvals of old. */
  readonly rests_on: readonly SignedWord[];
  readonly evidence: Evidence;
}

/** A rejection that blocks, or a revocation. */
export interface Objection extends SignedWord {
  readonly decision: 'reject' | 'revoke';
  readonly model_id: string;
  readonly run: string;
  /** Whether a rejection was taken back since. */
  readonly state: 'blocks' | 'taken back' | 'withdraws';
  /** Ids of the approvals that a revocation withdraws. */
  readonly withdraws: readonly string[];
}

export interface EnvironmentHistory {
  readonly environment: string;
  /** In the order in which they came. At a date: those in force then. */
  readonly turns: readonly Turn[];
  readonly objections: readonly Objection[];
}

export interface History {
  readonly schema: typeof HISTORY_SCHEMA;
  readonly project: string;
  readonly model: string;
  /** The moment that was asked for; null for everything until now. */
  readonly at: string | null;
  readonly environments: readonly EnvironmentHistory[];
  /** Files among the approvals that count for nothing, and why. */
  readonly ignored: readonly IgnoredFile[];
}

export interface HistoryRequest extends Omit<SituationRequest, 'environment' | 'now'> {
  readonly environments: readonly string[];
  /** Milliseconds since 1970: what was signed later is left out, and only what was in force then is told. */
  readonly at?: number | undefined;
  readonly now: Date;
}

/**
 * Which model was approved where, by whom, on what evidence: everything that HEAD holds, by HEAD's own policy and
 * signers, in the order that the statements themselves tell. Dates are those that signers and committers claim.
 */
export async function historyOf(request: HistoryRequest): Promise<History> {
  const { repository, policy, at } = request;
  const moment = at === undefined ? request.now : new Date(at);
  const environments: EnvironmentHistory[] = [];
  let ignored: readonly IgnoredFile[] = [];
  for (const environment of request.environments) {
    const all = await approvalSituation({ ...request, environment, now: moment });
    ignored = all.approvals.ignored;
    const landings = await landingsOf(repository, all, policy, request.signal);
    environments.push(environmentHistory(at === undefined ? all : asOf(all, at), landings, at));
  }
  return {
    schema: HISTORY_SCHEMA,
    project: policy.project,
    model: policy.model,
    at: at === undefined ? null : formatInstant(at),
    environments,
    ignored,
  };
}

/** The turns and objections of a situation that was read already. No commit is asked, so nothing has its landing. */
export function historyIn(situation: ApprovalSituation): EnvironmentHistory {
  return environmentHistory(situation, new Map(), undefined);
}

/** The situation with what was signed until then. */
function asOf(situation: ApprovalSituation, at: number): ApprovalSituation {
  const statements = situation.statements.filter(
    ({ statement }) => (parseInstant(statement.predicate.issued) ?? Number.NaN) <= at,
  );
  const then = { ...situation, statements, now: at };
  return { ...then, standing: standingByHead(then) };
}

function environmentHistory(
  situation: ApprovalSituation,
  landings: ReadonlyMap<string, Landing>,
  at: number | undefined,
): EnvironmentHistory {
  const { environment, policy, statements, standing } = situation;
  const require = policy.signoff.environments[environment]?.require ?? {};
  const isEnough: IsEnough = (some) => isComplete(some, require) && checksByHead(situation, some) !== 'fail';
  const ordered = inTurn(standing.onceComplete, statements, isEnough);
  const turns = ordered.map((quorum): Turn => {
    const next = ordered.find((later) => tookThePlace(later, quorum, ordered, situation));
    return {
      by: quorum.restsOn === undefined ? 'approval' : 'rollback',
      model_id: quorum.modelId,
      run: quorum.run,
      replaces: quorum.replaces,
      state: stateOf(quorum, situation),
      since: completedAt(quorum, isEnough),
      until: next === undefined ? null : completedAt(next, isEnough),
      signed: wordsOf(quorum.approvals, landings),
      rests_on: wordsOf(quorum.restsOn ?? [], landings),
      evidence: evidenceOf(quorum.restsOn ?? quorum.approvals, situation),
    };
  });
  const then = turns.filter(({ state }) => state === 'in force' || state === 'expired' || state === 'rejected');
  return { environment, turns: at === undefined ? turns : then, objections: objectionsOf(situation, landings) };
}

/** The first later turn of another model, where this one is superseded at all. */
function tookThePlace(
  later: Quorum,
  quorum: Quorum,
  ordered: readonly Quorum[],
  { standing }: ApprovalSituation,
): boolean {
  if (later.modelId === quorum.modelId || ordered.indexOf(later) < ordered.indexOf(quorum)) return false;
  return quorum.approvals.every(standing.isSuperseded);
}

function stateOf(quorum: Quorum, { standing }: ApprovalSituation): TurnState {
  const isThis = (other: Quorum) =>
    other.approvals.some(({ id }) => quorum.approvals.some((approval) => approval.id === id));
  const current = standing.inForce.find(isThis);
  if (current === undefined) return standing.latest.some(isThis) ? 'revoked' : 'superseded';
  if (standing.blockingRejects(quorum.modelId).length > 0) return 'rejected';
  return standing.hasExpired(current) ? 'expired' : 'in force';
}

function objectionsOf(situation: ApprovalSituation, landings: ReadonlyMap<string, Landing>): Objection[] {
  const { statements, standing } = situation;
  return statements
    .flatMap((each): Objection[] => {
      const { decision, run, supersedes } = each.statement.predicate;
      const word = { ...wordOf(each, landings), model_id: each.modelId, run };
      if (decision === 'revoke') return [{ ...word, decision, state: 'withdraws', withdraws: [...supersedes] }];
      if (decision !== 'reject') return [];
      const blocks = standing.blockingRejects(each.modelId).includes(each);
      return [{ ...word, decision, state: blocks ? 'blocks' : 'taken back', withdraws: [] }];
    })
    .sort((a, b) => (`${a.issued} ${a.id}` < `${b.issued} ${b.id}` ? -1 : 1));
}

function wordsOf(approvals: readonly SignedStatement[], landings: ReadonlyMap<string, Landing>): SignedWord[] {
  const key = ({ issued, id }: SignedWord) => `${issued} ${id}`;
  return approvals.map((approval) => wordOf(approval, landings)).sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function wordOf(signed: SignedStatement, landings: ReadonlyMap<string, Landing>): SignedWord {
  const { role, issued, expires, comment } = signed.statement.predicate;
  const { id, person, key } = signed;
  return { id, person, role, key, issued, expires, comment, landed: landings.get(signed.file) ?? null };
}

/** The first commit that brought each statement's file. */
async function landingsOf(
  repository: Repository,
  {
    head,
    folder,
    statements,
  }: { readonly head: string | undefined; readonly folder: SignoffFolder } & Pick<ApprovalSituation, 'statements'>,
  { model }: Policy,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Landing>> {
  const landings = new Map<string, Landing>();
  if (head === undefined) return landings;
  const added = await commitsThatAdded(repository, head, approvalsFolder(folder, model), signal);
  await withObjects(
    repository,
    async (objects) => {
      for (const { file } of statements) {
        const commit = added.get(file)?.[0];
        const found = commit === undefined ? undefined : await objects.commit(commit);
        if (found !== undefined) landings.set(file, { commit: found.oid, time: formatInstant(found.time) });
      }
    },
    signal,
  );
  return landings;
}
