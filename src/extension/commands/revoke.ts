import { fail } from '../../base/result.ts';
import { COMMANDS } from '../ids.ts';
import { t } from '../translation.ts';
import type { Command } from './command.ts';

export const revoke: Command = {
  id: COMMANDS.revoke,
  run: async () =>
    fail('not-supported', t('Revoking is not supported by this version: reject the model instead, which blocks it.')),
};
