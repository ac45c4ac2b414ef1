import { fail } from '../../base/result.ts';
import { COMMANDS } from '../ids.ts';
import { t } from '../translation.ts';
import type { Command } from './command.ts';

export const rollBack: Command = {
  id: COMMANDS.rollBack,
  run: async () =>
    fail('not-supported', t('Rolling back is not supported by this version: sign off the earlier run again instead.')),
};
