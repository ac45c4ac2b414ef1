import { LABEL_NAMES, QUERY_NAMES, SCORE_NAMES } from './column-names.ts';
import { type ColumnSketch, isCompleteNumber } from './column-sketch.ts';
import type { GuessedTable } from './guessed-table.ts';

/** Guesses query, relevance and score of a ranking's table, each by its name; a query has several rows. */
export function guessRanking(columns: readonly ColumnSketch[]): GuessedTable | undefined {
  const query = columns.find(({ name, unique, missing }) => QUERY_NAMES.test(name) && !unique && missing === 0);
  const numbers = columns.filter(isCompleteNumber);
  const label = numbers.find(({ name, range }) => LABEL_NAMES.test(name) && range !== undefined && range[0] >= 0);
  const score = numbers.find((column) => column !== label && SCORE_NAMES.test(column.name));
  if (query === undefined || label === undefined || score === undefined) return undefined;
  return { task: 'ranking', fields: { query: query.name, label: label.name, score: score.name }, groups: [] };
}
