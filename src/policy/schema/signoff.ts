import * as z from '../../base/shape/z.ts';
import { Duration, nameOf, Person, textOf } from './words.ts';

export const SEPARATIONS = ['author', 'policy_author', 'trained_by'] as const;

export const Environment = z
  .strictObject({
    require: z
      .record(nameOf('A role.'), z.number().int().min(1).max(20).describe('How many people of this role must approve.'))
      .describe('Role → how many people of it must approve.'),
    automatic: z
      .boolean()
      .describe('Whether a machine’s key may approve when every required check passes; false when not given.')
      .optional(),
    expires_after: Duration.describe('How long an approval lasts, such as `90d`; 90 days when not given.').optional(),
    require_touch: z
      .boolean()
      .describe(
        'Whether an approval counts only if it was signed with a security key (FIDO) that somebody touched; false when not given.',
      )
      .optional(),
    separate_from: z
      .array(z.enum(SEPARATIONS).describe('Someone who may not approve.'))
      .describe('Who may not approve: the author of the run’s commit, of the policy, or who trained the model.')
      .optional(),
  })
  .describe('What it takes to go live in this environment.');

export const SignoffPolicy = z
  .strictObject({
    roles: z
      .record(nameOf('A role.'), z.array(Person).describe('The people in this role.'))
      .describe('Role → the people in it.'),
    environments: z
      .record(nameOf('An environment.'), Environment)
      .describe('The environments that a model can be approved for, in order of promotion.'),
    waivers: z
      .strictObject({
        role: nameOf('The role that may waive a check.'),
        max_days: z.number().int().min(1).max(3650).describe('How many days ahead a waiver may end.'),
        second_person: z
          .boolean()
          .describe('Whether a second person of the role has to waive the same check; false when not given.')
          .optional(),
      })
      .describe('Who may waive a check that does not hold, and for how long; nobody when not given.')
      .optional(),
    aliases: z
      .record(Person, z.array(textOf('A name of the person in git or MLflow.')).min(1))
      .describe('Person → other names of the same person, for `separate_from`.')
      .optional(),
  })
  .describe('Who signs, for which environment.');
