import { COMMANDS } from '../ids.ts';
import { signOffFlow } from '../sign-off/flow.ts';
import { t } from '../translation.ts';
import type { Command } from './command.ts';
import { checkOf } from './node-arguments.ts';

/** An acceptance is part of an approval, so this is the sign-off with what is uncertain already chosen. */
export const accept: Command = {
  id: COMMANDS.accept,
  run: async (services, argument) => {
    const named = checkOf(argument);
    return signOffFlow(services, {
      title: t('Accept and Sign Off'),
      intention: 'approve',
      preselect: ({ kind, check }) => kind === 'accept' && (named === undefined || check === named),
      nothingToSettle:
        named === undefined
          ? t('There is nothing to accept: no required check is uncertain.')
          : t('“{0}” can’t be accepted: only what is uncertain can, and only where the check is required.', named),
    });
  },
};
