import { parseInstant } from './formats.ts';
import { isComplete, type Quorum, quorumsAmong, quorumsInTurn, type Require } from './quorums.ts';
import { mayUndo, type SignedStatement, sameModel, supersedes } from './signed-statement.ts';
import { type ComesAfter, successionOf } from './succession.ts';

/** What the environment demands, as far as it decides which quorums exist. */
export interface StandingRules {
  readonly require: Require;
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly now: number;
  /**
   * Whether what people signed together lets the model in by its checks. One that is known not to never was approved, so
   * it takes nobody's place. Where the assessment is not there, the signatures alone decide: otherwise whoever deletes
   * one would bring an older model back.
   */
  readonly checksOf: (approvals: readonly SignedStatement[]) => 'hold' | 'fail' | 'unknown';
  /** Who may take a rejection back; whoever holds its role when not given. */
  readonly mayLift?: (approval: SignedStatement) => boolean;
}

/** How the statements of one environment stand to each other. Age and policy play no part: who came after whom does. */
export interface Standing {
  readonly isRevoked: (statement: SignedStatement) => boolean;
  /** By a later approval of the same model, by a complete quorum of another model, or by a rollback. */
  readonly isSuperseded: (statement: SignedStatement) => boolean;
  /** The rollback that went back from the model of this approval. */
  readonly rolledBackBy: (statement: SignedStatement) => SignedStatement | undefined;
  /** Rejections of a model that nobody of the same role has taken back. */
  readonly blockingRejects: (modelId: string) => readonly SignedStatement[];
  /** Quorums that nothing has taken the place of. More than one model among them is a fork. */
  readonly inForce: readonly Quorum[];
  /** As `inForce`, revoked ones included: what most likely runs, and what a rollback goes back from. */
  readonly latest: readonly Quorum[];
  /** Every quorum that once was complete, revoked and superseded ones included. */
  readonly onceComplete: readonly Quorum[];
  /**
   * Whether a rollback to a quorum of that model goes back from anything: people approved another model in its place, and
   * the rollback takes the place of a model that people approved. Otherwise one signature would renew what has expired.
   */
  readonly goesBack: (rollback: SignedStatement, old: readonly SignedStatement[]) => boolean;
  /** The complete quorums among some approvals, whatever their checks. */
  readonly quorumsAmong: (approvals: readonly SignedStatement[]) => readonly Quorum[];
  readonly hasExpired: (quorum: Quorum) => boolean;
}

/** Reads the order of statements from `supersedes` and `replaces`, never from their times. All are of one environment. */
export function standingOf(statements: readonly SignedStatement[], rules: StandingRules): Standing {
  const decided = (decision: string) => statements.filter((each) => each.statement.predicate.decision === decision);
  const approvals = decided('approve');
  const rollbacks = decided('rollback').filter(({ statement }) => mayRollBack(statement.predicate.role, rules.require));
  const revokes = decided('revoke');
  const comesAfter = successionOf(statements);
  // Only what came to be in force can lie between two approvals of a model, whose quorum then is not the same any more.
  const others = [...quorumsAmong(approvals, rules.require).flatMap((quorum) => quorum.approvals), ...rollbacks];
  const quorumsOf = (some: readonly SignedStatement[]) => quorumsInTurn(some, rules.require, { others, comesAfter });
  // Reading an assessment is most of the work, and the same people are asked about several times.
  const checksOf = remembering(rules.checksOf, (some) => some.map(({ id }) => id).join());
  const approvedTogether = (some: readonly SignedStatement[]) =>
    quorumsOf(some).filter((quorum) => checksOf(quorum.approvals) !== 'fail');
  // A rollback is no such word: whoever signs one could else go forward, to the model that was rolled back from.
  const signedByAll = approvedTogether(approvals);
  const goesBack = (rollback: SignedStatement, old: readonly SignedStatement[]) => {
    const own = signedByAll.filter(({ modelId }) => modelId === rollback.modelId);
    const others = signedByAll.filter(({ modelId }) => modelId !== rollback.modelId);
    const before = [...old, ...own.flatMap((quorum) => quorum.approvals)];
    return (
      others.some(({ modelId }) => modelId === rollback.statement.predicate.replaces) &&
      before.every((approval) => others.some((quorum) => tookThePlaceOf(quorum, approval, comesAfter)))
    );
  };
  const takingPlace = (some: readonly SignedStatement[], back: readonly SignedStatement[]) => {
    const quorums = approvedTogether(some);
    return { quorums, broughtBack: back.flatMap((rollback) => broughtBack(rollback, quorums, goesBack)) };
  };
  // A quorum once complete has superseded its predecessor for good, even if it was revoked since: going back takes a
  // decision of its own.
  const once = takingPlace(approvals, rollbacks);
  const onceComplete = [...once.quorums, ...once.broughtBack];

  const isRevoked = (statement: SignedStatement) =>
    revokes.some((revoke) => supersedes(revoke, statement) && mayUndo(revoke, statement));
  const successors = (statement: SignedStatement) =>
    onceComplete.filter((quorum) => tookThePlaceOf(quorum, statement, comesAfter));
  const isSuperseded = remembering(
    (statement: SignedStatement) =>
      [...approvals, ...rollbacks].some((later) => renews(later, statement)) || successors(statement).length > 0,
    ({ id }) => id,
  );
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
  const isNotRevoked = (statement: SignedStatement) => !isRevoked(statement);
  const isNotSuperseded = (statement: SignedStatement) => !isSuperseded(statement);
  const stands = (statement: SignedStatement) => isNotRevoked(statement) && isNotSuperseded(statement);
  return {
    isRevoked,
    isSuperseded,
    rolledBackBy: (statement) => successors(statement).find(({ restsOn }) => restsOn !== undefined)?.approvals[0],
    blockingRejects: (modelId) =>
      decided('reject').filter((reject) => reject.modelId === modelId && mayBlock(reject, rules) && !isLifted(reject)),
    inForce: [
      ...takingPlace(approvals.filter(stands), []).quorums,
      // What a rollback rests on was superseded; that is what going back means.
      ...takingPlace(approvals.filter(isNotRevoked), rollbacks.filter(stands)).broughtBack,
    ],
    latest: [
      ...takingPlace(approvals.filter(isNotSuperseded), []).quorums,
      ...takingPlace(approvals, rollbacks.filter(isNotSuperseded)).broughtBack,
    ],
    onceComplete,
    goesBack,
    quorumsAmong: quorumsOf,
    hasExpired: (quorum) => {
      const current = quorum.approvals.filter(
        ({ statement }) => (parseInstant(statement.predicate.expires) ?? 0) > rules.now,
      );
      return quorum.restsOn === undefined ? !isComplete(current, rules.require) : current.length === 0;
    },
  };
}

/** The same function, which works out each answer once. */
function remembering<Question, Answer>(
  answer: (question: Question) => Answer,
  nameOf: (question: Question) => string,
): (question: Question) => Answer {
  const known = new Map<string, Answer>();
  return (question) => {
    const name = nameOf(question);
    const before = known.get(name);
    if (before !== undefined) return before;
    const found = answer(question);
    known.set(name, found);
    return found;
  };
}

/** A rollback rests on a quorum that was complete once, for the very run and assessment that it names. */
function broughtBack(rollback: SignedStatement, quorums: readonly Quorum[], goesBack: Standing['goesBack']): Quorum[] {
  const { run, assessment, replaces } = rollback.statement.predicate;
  const { modelId } = rollback;
  const base = quorums.find(
    (quorum) =>
      quorum.modelId === modelId &&
      quorum.run === run &&
      quorum.assessment === assessment.sha256 &&
      goesBack(rollback, quorum.approvals),
  );
  if (base === undefined) return [];
  return [{ modelId, run, assessment: assessment.sha256, replaces, approvals: [rollback], restsOn: base.approvals }];
}

/** One signature suffices to go back, in any role that the environment requires. */
export function mayRollBack(role: string, require: Require): boolean {
  return Object.hasOwn(require, role);
}

/** The same person or role decided the same again. An approval does not end a rollback to its model, which it may outlive. */
function renews(later: SignedStatement, earlier: SignedStatement): boolean {
  return (
    later.statement.predicate.decision === earlier.statement.predicate.decision &&
    sameModel(later, earlier) &&
    supersedes(later, earlier) &&
    mayUndo(later, earlier)
  );
}

/** A holder of a required role may block, in whatever role they sign the rejection. */
function mayBlock(reject: SignedStatement, rules: StandingRules): boolean {
  return Object.keys(rules.require).some(
    (role) => role === reject.statement.predicate.role || rules.roles[role]?.includes(reject.person),
  );
}

/**
 * A complete quorum ends a statement for the model that it replaces, and any that one of its signers names. A statement
 * that was itself signed after that quorum (the model came back) lives on.
 */
function tookThePlaceOf(quorum: Quorum, statement: SignedStatement, comesAfter: ComesAfter): boolean {
  if (quorum.modelId === statement.modelId) return false;
  if (quorum.approvals.some((later) => supersedes(later, statement))) return true;
  if (quorum.replaces !== statement.modelId) return false;
  return !quorum.approvals.some((earlier) => comesAfter(statement, earlier));
}
