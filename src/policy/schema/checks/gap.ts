import * as z from '../../../base/shape/z.ts';
import {
  boundFields,
  commonFields,
  confidence,
  dataset,
  metricName,
  metricParameterFields,
  minRows,
} from './common.ts';

export const GapCheck = z
  .strictObject({
    check: z.literal('gap').describe('How much worse a metric is on the second data set than on the first.'),
    metric: metricName,
    datasets: z
      .tuple([dataset, dataset])
      .describe('From the first to the second: training → holdout, clean → perturbed.'),
    ...metricParameterFields,
    ...boundFields,
    confidence,
    min_rows: minRows,
    ...commonFields,
  })
  .describe('How much worse a metric is on the second data set than on the first.');
