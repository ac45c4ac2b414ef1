import type { Quorum } from './quorums.ts';
import type { Standing } from './standing.ts';

/**
 * The quorums that could be gone back to from what is in force, nearest first: whom each replaced tells who was there
 * before it. No time is trusted.
 */
export function rollbackTargets({ latest, onceComplete }: Standing): Quorum[] {
  const seen = new Set(latest.map(({ modelId }) => modelId));
  let nearest: readonly Quorum[] = latest;
  const targets: Quorum[] = [];
  while (nearest.length > 0) {
    const before = new Set(nearest.flatMap(predecessorsOf).filter((modelId) => !seen.has(modelId)));
    for (const modelId of before) seen.add(modelId);
    nearest = onceComplete.filter(({ modelId, restsOn }) => before.has(modelId) && restsOn === undefined);
    targets.push(...nearest.toSorted(byNewestSignature));
  }
  return targets;
}

/** A model that came back by a rollback stands where it stood: before it was whom it once replaced. */
function predecessorsOf({ replaces, restsOn }: Quorum): string[] {
  const replaced = restsOn === undefined ? [replaces] : restsOn.map(({ statement }) => statement.predicate.replaces);
  return replaced.filter((modelId) => modelId !== null);
}

/** One model may have been approved on several assessments; which of them is gone back to does not change what runs. */
function byNewestSignature(a: Quorum, b: Quorum): number {
  const newest = ({ approvals }: Quorum) =>
    approvals
      .map(({ statement }) => statement.predicate.issued)
      .sort()
      .at(-1);
  return (newest(a) ?? '') > (newest(b) ?? '') ? -1 : 1;
}
