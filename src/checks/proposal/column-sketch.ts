/** What is known of one column of a prediction table. */
export interface ColumnSketch {
  readonly name: string;
  /** Distinct values, at most `MOST_DISTINCT` of them; numbers where the file has numbers. */
  readonly distinct: readonly (number | string)[];
  /** Whether there are more distinct values than were kept. */
  readonly more: boolean;
  readonly numeric: boolean;
  /** Smallest and largest value of a numeric column. */
  readonly range: readonly [number, number] | undefined;
  readonly missing: number;
  /** No value stands twice, and none is missing. */
  readonly unique: boolean;
}

export const MOST_DISTINCT = 50;

/** Whether the column can be a probability: numbers from 0 to 1, not only the two ends, and none missing. */
export function isProbability({ numeric, range, missing, distinct, more }: ColumnSketch): boolean {
  if (!numeric || range === undefined || missing > 0) return false;
  const [low, high] = range;
  return low >= 0 && high <= 1 && (more || distinct.some((value) => value !== 0 && value !== 1));
}

/** Whether the column is made of numbers throughout. */
export function isCompleteNumber({ numeric, missing, range }: ColumnSketch): boolean {
  return numeric && missing === 0 && range !== undefined;
}
