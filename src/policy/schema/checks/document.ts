import * as z from '../../../base/shape/z.ts';
import { Duration, pathOf, textOf } from '../words.ts';
import { commonFields } from './common.ts';

export const DocumentCheck = z
  .strictObject({
    check: z.literal('document').describe('A document exists and says what it must.'),
    path: pathOf('The document.'),
    sections: z
      .array(textOf('A heading.'))
      .min(1)
      .describe('Headings that must be there, with something of one’s own below them.')
      .optional(),
    front_matter: z
      .array(textOf('A key of the front matter.'))
      .min(1)
      .describe('Keys that the front matter must have a value for.')
      .optional(),
    max_age: Duration.describe(
      'How old the document may be at the run’s end, by the date in its front matter, such as `180d`.',
    ).optional(),
    numbers_match: z
      .boolean()
      .describe('Whether the metrics in the model card must equal those that the run logged.')
      .optional(),
    ...commonFields,
  })
  .describe('A document exists and says what it must.');
