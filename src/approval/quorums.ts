import { fillSeats } from './seats.ts';
import { quorumKey, type SignedStatement, sameModel } from './signed-statement.ts';
import type { ComesAfter } from './succession.ts';

/** How many people of which role an environment demands. */
export type Require = Readonly<Record<string, number>>;

/** Approvals of one model that name one run, one assessment and one predecessor, enough of them to fill every seat. */
export interface Quorum {
  readonly modelId: string;
  readonly run: string;
  readonly assessment: string;
  readonly replaces: string | null;
  readonly approvals: readonly SignedStatement[];
  /** Where the model came back by a rollback, which stands alone in `approvals`: the approvals of old that it rests on. */
  readonly restsOn?: readonly SignedStatement[];
}

/** Every complete quorum among approvals. Order and number of files play no part. */
export function quorumsAmong(approvals: readonly SignedStatement[], require: Require): Quorum[] {
  return groupsOf(approvals)
    .filter((group) => isComplete(group, require))
    .map(quorumOf);
}

/** As `quorumsAmong`, of approvals of one time each: what was signed before and after another model's turn is two quorums. */
export function quorumsInTurn(
  approvals: readonly SignedStatement[],
  require: Require,
  turns: { readonly others: readonly SignedStatement[]; readonly comesAfter: ComesAfter },
): Quorum[] {
  return groupsOf(approvals)
    .flatMap((group) => timesOf(group, turns.others, turns.comesAfter))
    .filter((group) => isComplete(group, require))
    .map(quorumOf);
}

export function isComplete(approvals: readonly SignedStatement[], require: Require): boolean {
  const seatings = approvals.map(({ person, statement }) => ({ person, role: statement.predicate.role }));
  return fillSeats(require, seatings).complete;
}

function groupsOf(approvals: readonly SignedStatement[]): SignedStatement[][] {
  return [...Map.groupBy(approvals, quorumKey).values()];
}

function quorumOf(approvals: readonly SignedStatement[]): Quorum {
  const [first] = approvals;
  if (first === undefined) throw new Error('A quorum has at least one approval.');
  const { run, assessment, replaces } = first.statement.predicate;
  return { modelId: first.modelId, run, assessment: assessment.sha256, replaces, approvals };
}

/**
 * Splits a group where another model's turn lies between two of its approvals. Without this, one signature for a model
 * that was replaced would complete itself with those from before, and replace its successor.
 */
function timesOf(
  group: readonly SignedStatement[],
  others: readonly SignedStatement[],
  comesAfter: ComesAfter,
): SignedStatement[][] {
  const [first] = group;
  if (first === undefined || group.length === 1) return [[...group]];
  const between = others.filter(
    (other) => !sameModel(other, first) && group.some((approval) => comesAfter(other, approval)),
  );
  if (between.length === 0) return [[...group]];
  const times = new Map<string, number>();
  const timeOf = (approval: SignedStatement): number => {
    const known = times.get(approval.id);
    if (known !== undefined) return known;
    const turns = between.filter((other) => comesAfter(approval, other));
    const earlier = group.filter((candidate) => turns.some((other) => comesAfter(other, candidate)));
    const time = earlier.reduce((latest, each) => Math.max(latest, timeOf(each) + 1), 0);
    times.set(approval.id, time);
    return time;
  };
  return [...Map.groupBy(group, timeOf).values()];
}
