import { contrastOf, foldedValue, type PairMeasure } from '../../metrics/fairness/contrast.ts';
import type { MeasuredGroup } from './group-values.ts';

/** Two groups that are compared. */
export interface GroupPair {
  /** `female vs male` */
  readonly name: string;
  readonly first: MeasuredGroup;
  readonly second: MeasuredGroup;
}

/** Each other group against the privileged one. */
export function pairsAgainst(privileged: MeasuredGroup, groups: readonly MeasuredGroup[]): readonly GroupPair[] {
  return groups.filter((group) => group !== privileged).map((group) => pairOf(group, privileged));
}

/** Every group against every later one. */
export function allPairs(groups: readonly MeasuredGroup[]): readonly GroupPair[] {
  return groups.flatMap((first, index) => groups.slice(index + 1).map((second) => pairOf(first, second)));
}

/** The measure of a pair; NaN where it is undefined, infinite where a ratio is. */
export function pairValue({ first, second }: GroupPair, { contrasts, fold }: PairMeasure): number {
  const [ofFirst, ofSecond] = [valuesOf(first), valuesOf(second)];
  return foldedValue(
    fold,
    contrasts.map((contrast) => contrastOf(contrast, ofFirst, ofSecond)),
  );
}

export function valuesOf({ measures }: MeasuredGroup): readonly number[] {
  return measures.map(({ value }) => value);
}

function pairOf(first: MeasuredGroup, second: MeasuredGroup): GroupPair {
  return { name: `${first.name} vs ${second.name}`, first, second };
}
