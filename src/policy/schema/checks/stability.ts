import * as z from '../../../base/shape/z.ts';
import { boundFields, commonFields, loggedName } from './common.ts';

export const STABILITY_STATISTICS = ['sd', 'range', 'min', 'max'] as const;

export const StabilityCheck = z
  .strictObject({
    check: z.literal('stability').describe('How a logged metric varies over its steps, such as folds.'),
    logged: loggedName,
    statistic: z
      .enum(STABILITY_STATISTICS)
      .describe('Over the latest value of each step: standard deviation (n−1), range, smallest or largest.'),
    ...boundFields,
    ...commonFields,
  })
  .describe('How a logged metric varies over its steps, such as folds.');
