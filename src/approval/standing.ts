import { parseInstant } from './formats.ts';
import { fillSeats } from './seats.ts';
import { mayUndo, quorumKey, type SignedStatement, sameModel, supersedes } from './signed-statement.ts';

/** What the environment demands, as far as it decides which quorums exist. */
export interface StandingRules {
  readonly require: Readonly<Record<string, number>>;
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly now: number;
  /** Who may take a rejection back; whoever holds its role when not given. */
  readonly mayLift?: (approval: SignedStatement) => boolean;
}

/** Approvals of one model that name one run, one assessment and one predecessor, enough of them to fill every seat. */
export interface Quorum {
  readonly modelId: string;
  readonly assessment: string;
  readonly replaces: string | null;
  readonly approvals: readonly SignedStatement[];
}

/** How the statements of one environment stand to each other. Age and policy play no part: who came after whom does. */
export interface Standing {
  readonly isRevoked: (approval: SignedStatement) => boolean;
  /** By a later approval of the same model, or by a complete quorum of another model. */
  readonly isSuperseded: (approval: SignedStatement) => boolean;
  /** Rejections of a model that nobody of the same role has taken back. */
  readonly blockingRejects: (modelId: string) => readonly SignedStatement[];
  /** Quorums that nothing has taken the place of. More than one model among them is a fork. */
  readonly inForce: readonly Quorum[];
  readonly hasExpired: (quorum: Quorum) => boolean;
}

/** Reads the order of statements from `supersedes` and `replaces`, never from their times. All are of one environment. */
export function standingOf(statements: readonly SignedStatement[], rules: StandingRules): Standing {
  const decided = (decision: string) => statements.filter((each) => each.statement.predicate.decision === decision);
  const approvals = decided('approve');
  const rejects = decided('reject');
  const revokes = decided('revoke');
  const comesAfter = laterThan(statements);
  // A quorum once complete has superseded its predecessor for good, even if it was revoked since: going back takes a
  // decision of its own.
  const onceComplete = quorumsAmong(approvals, rules);

  const isRevoked = (approval: SignedStatement) =>
    revokes.some((revoke) => supersedes(revoke, approval) && mayUndo(revoke, approval));
  const isSuperseded = (approval: SignedStatement) =>
    approvals.some((later) => sameModel(later, approval) && supersedes(later, approval) && mayUndo(later, approval)) ||
    onceComplete.some((quorum) => tookThePlaceOf(quorum, approval, comesAfter));
  const isLifted = (reject: SignedStatement) =>
    approvals.some(
      (later) =>
        sameModel(later, reject) &&
        supersedes(later, reject) &&
        later.statement.predicate.role === reject.statement.predicate.role &&
        !isRevoked(later) &&
        // Nobody can prove when a statement was signed, so a key past its time must not be able to open what was closed.
        later.keyIsValid &&
        (rules.mayLift?.(later) ?? true),
    );
  const standingApprovals = approvals.filter((approval) => !isRevoked(approval) && !isSuperseded(approval));
  return {
    isRevoked,
    isSuperseded,
    blockingRejects: (modelId) =>
      rejects.filter((reject) => reject.modelId === modelId && mayBlock(reject, rules) && !isLifted(reject)),
    inForce: quorumsAmong(standingApprovals, rules),
    hasExpired: (quorum) => {
      const current = quorum.approvals.filter(
        ({ statement }) => (parseInstant(statement.predicate.expires) ?? 0) > rules.now,
      );
      return !isComplete(current, rules);
    },
  };
}

/** A holder of a required role may block, in whatever role they sign the rejection. */
function mayBlock(reject: SignedStatement, rules: StandingRules): boolean {
  return Object.keys(rules.require).some(
    (role) => role === reject.statement.predicate.role || rules.roles[role]?.includes(reject.person),
  );
}

/**
 * A complete quorum ends an approval of the model that it replaces, and any that one of its signers names. An approval
 * that was itself signed after that quorum (the model came back) lives on.
 */
function tookThePlaceOf(
  quorum: Quorum,
  approval: SignedStatement,
  comesAfter: (later: SignedStatement, earlier: SignedStatement) => boolean,
): boolean {
  if (quorum.modelId === approval.modelId) return false;
  if (quorum.approvals.some((later) => supersedes(later, approval))) return true;
  if (quorum.replaces !== approval.modelId) return false;
  return !quorum.approvals.some((earlier) => comesAfter(approval, earlier));
}

function quorumsAmong(approvals: readonly SignedStatement[], rules: StandingRules): Quorum[] {
  const groups = new Map<string, Quorum & { approvals: SignedStatement[] }>();
  for (const approval of approvals) {
    const { assessment, replaces } = approval.statement.predicate;
    const { modelId } = approval;
    const key = quorumKey(approval);
    const group = groups.get(key) ?? { modelId, assessment: assessment.sha256, replaces, approvals: [] };
    group.approvals.push(approval);
    groups.set(key, group);
  }
  return [...groups.values()].filter((group) => isComplete(group.approvals, rules));
}

function isComplete(approvals: readonly SignedStatement[], rules: StandingRules): boolean {
  const seatings = approvals.map(({ person, statement }) => ({ person, role: statement.predicate.role }));
  return fillSeats(rules.require, seatings).complete;
}

/** Whether one statement supersedes another, directly or through others. Ids are hashes, so there are no circles. */
function laterThan(
  statements: readonly SignedStatement[],
): (later: SignedStatement, earlier: SignedStatement) => boolean {
  const byId = new Map(statements.map((statement) => [statement.id, statement]));
  const reached = new Map<string, ReadonlySet<string>>();
  const reach = (start: SignedStatement): ReadonlySet<string> => {
    const known = reached.get(start.id);
    if (known !== undefined) return known;
    const seen = new Set<string>();
    const open = [...start.statement.predicate.supersedes];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      // One by one: a list may be longer than a call can have arguments.
      for (const next of byId.get(id)?.statement.predicate.supersedes ?? []) open.push(next);
    }
    reached.set(start.id, seen);
    return seen;
  };
  return (later, earlier) => reach(later).has(earlier.id);
}
