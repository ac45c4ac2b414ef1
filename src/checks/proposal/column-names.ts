import type { ColumnSketch } from './column-sketch.ts';
import type { GuessedGroup } from './guessed-table.ts';

/** What people call the columns of prediction tables. */
export const LABEL_NAMES =
  /^(?:label|target|y|y_?true|actual|truth|ground_?truth|outcome|class|relevance|rel|relevant|grade)$/i;
export const SCORE_NAMES =
  /^(?:score|scores|p|prob|proba|probability|y_?score|y_?prob|y_?proba|p_.+|prob_.+|score_.+)$/i;
export const PREDICTION_NAMES =
  /^(?:pred|prediction|predictions|predicted|y_?pred|y_?hat|decision|forecast|pred_.+|predicted_.+)$/i;
export const QUERY_NAMES = /^(?:q|qid|query|query_?id|search_?id|session_?id)$/i;
const KEY_NAMES = /(?:^|_)(?:id|key|uuid|no|number)$/i;
const GROUP_NAMES =
  /^(?:sex|gender|race|ethnicity|ethnic_group|nationality|religion|marital_status|disability|age|age_group|age_band|region|group|segment)$/i;
const MOST_GROUPS = 12;
/** Bins that suit ages of adults; the author is told to look at them. */
const AGE_BINS = [25, 45, 65] as const;

/** The column that identifies a row, among those that play no other part. */
export function keyAmong(columns: readonly ColumnSketch[]): string | undefined {
  return columns.find(({ name, unique }) => unique && KEY_NAMES.test(name))?.name;
}

/** Columns that people are often treated unequally by. */
export function groupsAmong(columns: readonly ColumnSketch[]): GuessedGroup[] {
  return columns.filter(({ name }) => GROUP_NAMES.test(name)).flatMap(groupOf);
}

function groupOf({ name, distinct, more, numeric }: ColumnSketch): GuessedGroup[] {
  if (numeric && /^age$/i.test(name)) return [{ name: 'age_band', column: name, values: [], bins: AGE_BINS }];
  if (more || distinct.length < 2 || distinct.length > MOST_GROUPS) return [];
  return [{ name, column: name, values: distinct.map(String).sort() }];
}
