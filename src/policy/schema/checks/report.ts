import * as z from '../../../base/shape/z.ts';
import { pathOf, textOf } from '../words.ts';
import { boundFields, commonFields } from './common.ts';

/** Files that say of tests whether they passed. */
const VERDICT_FORMATS = ['evidently', 'deepchecks', 'great-expectations', 'giskard', 'junit', 'sarif'] as const;
/** Files of numbers, which say nothing of good or bad. */
const NUMBERS_FORMATS = ['classification-report', 'aif360', 'fairlearn', 'kfp', 'mlflow-evaluate'] as const;

export const REPORT_FORMATS = [...VERDICT_FORMATS, ...NUMBERS_FORMATS, 'model-signing'] as const;

export function isNumbersFormat(format: string): format is (typeof NUMBERS_FORMATS)[number] {
  return (NUMBERS_FORMATS as readonly string[]).includes(format);
}

const name = textOf('A name in the file, as the tool writes it.');

export const ReportCheck = z
  .strictObject({
    check: z
      .literal('report')
      .describe(
        'The file of another tool: everything it tested must have passed (warnings and skipped tests are for a person to accept), or a number in it must lie within bounds, or the signature in it must hold.',
      ),
    path: pathOf('The result file.'),
    format: z
      .enum(REPORT_FORMATS)
      .describe(
        'The tool or format that wrote it. `classification-report` (scikit-learn), `aif360`, `fairlearn`, `kfp` and `mlflow-evaluate` hold numbers and need bounds; `model-signing` is an OpenSSF Model Signing bundle; the others hold tests.',
      ),
    value: z
      .union([name, z.number(), z.array(z.union([name, z.number()])).min(1)])
      .describe(
        'Which number of the file is bounded, by the names that lead to it: `accuracy`, `[macro avg, f1-score]`, `[recall, F]`, `statistical_parity_difference`. With Fairlearn a metric alone means that of every group.',
      )
      .optional(),
    key: pathOf(
      'The signer’s public key in PEM (P-256, P-384 or P-521), for `model-signing`; never in the run.',
    ).optional(),
    unsigned: z
      .array(textOf('A file or folder of the model, relative to it.'))
      .describe(
        'Files and folders of the model that a `model-signing` bundle need not cover. What the signer left out is not believed; .git, .github, .gitignore and .gitattributes at the top are always left out.',
      )
      .optional(),
    ...boundFields,
    ...commonFields,
  })
  .describe('The result file of another tool must say that everything passed, or hold a number within bounds.');
