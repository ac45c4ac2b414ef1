import * as z from 'zod';
import { pathOf } from '../words.ts';
import { commonFields } from './common.ts';

export const REPORT_FORMATS = ['evidently', 'deepchecks', 'great-expectations', 'giskard', 'junit', 'sarif'] as const;

export const ReportCheck = z
  .strictObject({
    check: z
      .literal('report')
      .describe(
        'The result file of another tool must say that everything passed; warnings and skipped tests are for a person to accept.',
      ),
    path: pathOf('The result file.'),
    format: z.enum(REPORT_FORMATS).describe('The tool or format that wrote it.'),
    ...commonFields,
  })
  .describe('The result file of another tool must say that everything passed.');
