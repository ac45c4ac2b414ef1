import * as z from '../../../base/shape/z.ts';
import { commonFields } from './common.ts';

export const REPRODUCIBILITY_REQUIREMENTS = [
  'git_commit',
  'reachable_commit',
  'clean_tree',
  'pinned_environment',
  'signature',
  'input_example',
  'dataset_digests',
  'parameters',
  'seed',
] as const;

export const ReproducibilityCheck = z
  .strictObject({
    check: z.literal('reproducibility').describe('The run recorded what it takes to repeat it.'),
    require: z
      .array(z.enum(REPRODUCIBILITY_REQUIREMENTS).describe('Something that the run must have recorded.'))
      .min(1)
      .describe('What the run must have recorded; every one must hold.'),
    ...commonFields,
  })
  .describe('The run recorded what it takes to repeat it.');
