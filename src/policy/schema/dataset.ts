import * as z from '../../base/shape/z.ts';
import { ClassValue, columnOf, pathOf } from './words.ts';

export const GROUP_PERIODS = ['day', 'week', 'month', 'quarter', 'year'] as const;

export const Group = z
  .strictObject({
    column: columnOf('The column to group by; the group’s own name when not given.').optional(),
    bins: z
      .array(z.number().describe('An edge between two bins.'))
      .min(1)
      .describe('Ascending edges; `[25, 45]` makes the groups (-inf,25), [25,45) and [45,inf).')
      .optional(),
    every: z.enum(GROUP_PERIODS).describe('Groups the times in the column by this period.').optional(),
    privileged: ClassValue.describe('The group that AIF360’s measures compare every other group with.').optional(),
  })
  .describe('How rows are divided into groups.');

export const Dataset = z
  .strictObject({
    path: pathOf('The table: csv, tsv, parquet, json or jsonl, also .gz and .zst; globs are allowed.'),
    label: columnOf('The column with the ground truth; for a ranking, the relevance.').optional(),
    score: columnOf('The column with the probability of `positive`; for a ranking, the score that sorts.').optional(),
    scores: z
      .record(columnOf('A class.'), columnOf('The column with the probability of this class.'))
      .describe('For multiclass: class → column with its probability; ties go to the class listed first.')
      .optional(),
    prediction: columnOf('The column with the prediction; when not given it is derived from the scores.').optional(),
    positive: ClassValue.describe('The label value that counts as positive; 1 when not given.').optional(),
    threshold: z
      .number()
      .describe(
        'A score at or above it predicts `positive`; 0.5 when not given. Between 0 and 1, scores are probabilities.',
      )
      .optional(),
    query: columnOf('For a ranking: the column that says which query a row belongs to.').optional(),
    weight: columnOf('The column with the weight of each row in the metrics.').optional(),
    key: columnOf(
      'A column that is unique: it pairs rows with those of another model, and no row may stand twice.',
    ).optional(),
    unit: columnOf('The column whose equal values mark rows that belong together, resampled together.').optional(),
    groups: z
      .record(columnOf('A group’s name.'), Group)
      .describe('The groups that `by` and `group` of a check can name.')
      .optional(),
  })
  .describe('A table of rows that checks compute from.');
