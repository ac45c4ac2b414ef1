/**
 * Which points of a line to draw when there are too many: in each bucket of neighbouring points the one that makes the
 * largest triangle with the point chosen before and the mean of the next bucket, so that peaks and bends stay. The first
 * and the last point always stay, and so do those that are asked for.
 *
 * Source: S. Steinarsson, "Downsampling time series for visual representation", University of Iceland (2013), section 4.2
 * (largest triangle, three buckets).
 *
 * @param most about how many points are to be left; at least 3 where there are more
 * @param kept indices of points that stay besides
 * @returns indices in ascending order, each once; at most `most` plus the length of `kept`
 */
export function largestTriangles(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  most: number,
  kept: readonly number[] = [],
): Int32Array {
  const length = xs.length;
  if (length <= most || length < 3) return Int32Array.from({ length }, (_, index) => index);
  const buckets = Math.max(1, most - 2);
  const chosen = new Set<number>([0, length - 1, ...kept]);
  const startOf = (bucket: number): number => 1 + Math.floor((bucket * (length - 2)) / buckets);
  let before = 0;
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const start = startOf(bucket);
    const end = startOf(bucket + 1);
    const next = bucket + 1 < buckets ? meanPoint(xs, ys, end, startOf(bucket + 2)) : lastPoint(xs, ys);
    before = farthest(xs, ys, start, end, before, next);
    chosen.add(before);
  }
  return Int32Array.from(chosen).sort();
}

type Point = readonly [number, number];

function farthest(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  start: number,
  end: number,
  before: number,
  [nextX, nextY]: Point,
): number {
  const x = xs[before] as number;
  const y = ys[before] as number;
  let best = start;
  let largest = -1;
  for (let index = start; index < end; index += 1) {
    const area = Math.abs((x - nextX) * ((ys[index] as number) - y) - (x - (xs[index] as number)) * (nextY - y));
    if (area > largest) {
      largest = area;
      best = index;
    }
  }
  return best;
}

function meanPoint(xs: ArrayLike<number>, ys: ArrayLike<number>, start: number, end: number): Point {
  let x = 0;
  let y = 0;
  for (let index = start; index < end; index += 1) {
    x += xs[index] as number;
    y += ys[index] as number;
  }
  const count = Math.max(1, end - start);
  return [x / count, y / count];
}

function lastPoint(xs: ArrayLike<number>, ys: ArrayLike<number>): Point {
  return [xs[xs.length - 1] as number, ys[ys.length - 1] as number];
}
