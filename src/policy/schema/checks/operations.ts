import * as z from '../../../base/shape/z.ts';
import { columnOf, pathOf } from '../words.ts';
import { boundFields, commonFields, loggedName, step } from './common.ts';

export const OPERATION_STATISTICS = [
  'mean',
  'mean_per_thousand',
  'median',
  'min',
  'max',
  'sum',
  'p50',
  'p75',
  'p90',
  'p95',
  'p99',
  'p999',
] as const;

export const OperationsCheck = z
  .strictObject({
    check: z.literal('operations').describe('Latency, throughput, memory, size or cost, within bounds.'),
    logged: loggedName.optional(),
    step,
    path: pathOf('A table or a JSON file with measurements.').optional(),
    column: columnOf('The column of the table that holds the measurements.').optional(),
    statistic: z
      .enum(OPERATION_STATISTICS)
      .describe('What is taken over the column; `mean_per_thousand` is a thousand times the mean, as of a cost.')
      .optional(),
    pointer: z
      .string()
      .regex(/^(?:\/(?:[^~/]|~[01])*)+$/)
      .describe('The place of the number in the JSON file, as a JSON pointer such as `/latency/p95`.')
      .optional(),
    measure: z
      .enum(['model_size'])
      .describe('Measured here: `model_size` is the size of the model’s files in bytes.')
      .optional(),
    ...boundFields,
    ...commonFields,
  })
  .describe('Latency, throughput, memory, size or cost, within bounds.');
