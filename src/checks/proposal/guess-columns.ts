import type { ColumnSketch } from './column-sketch.ts';
import { guessBinary } from './guess-binary.ts';
import { guessMulticlass } from './guess-multiclass.ts';
import { guessRanking } from './guess-ranking.ts';
import { guessRegression } from './guess-regression.ts';
import type { GuessedTable } from './guessed-table.ts';

/** The most particular first: a ranking's table has all that a classifier's has, and numbered classes are numbers. */
const GUESSES = [guessRanking, guessBinary, guessMulticlass, guessRegression] as const;

/** Which task a prediction table is of, and which column is which; undefined where names and content don't tell. */
export function guessColumns(columns: readonly ColumnSketch[]): GuessedTable | undefined {
  for (const guess of GUESSES) {
    const table = guess(columns);
    if (table !== undefined) return table;
  }
  return undefined;
}
