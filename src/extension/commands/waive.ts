import { COMMANDS } from '../ids.ts';
import { signOffFlow } from '../sign-off/flow.ts';
import { t } from '../translation.ts';
import type { Command } from './command.ts';
import { checkOf } from './node-arguments.ts';

/** A waiver is part of an approval, so this is the sign-off with what may be waived already chosen. */
export const waive: Command = {
  id: COMMANDS.waive,
  run: async (services, argument) => {
    const named = checkOf(argument);
    return signOffFlow(services, {
      title: t('Waive and Sign Off'),
      intention: 'approve',
      preselect: (point) => (named === undefined ? point.kind === 'waive' : point.check === named),
      nothingToSettle:
        named === undefined
          ? t('There is nothing to waive: no required check fails that the policy lets anybody waive.')
          : t('“{0}” can’t be waived: it holds, or the policy lets nobody waive it.', named),
    });
  },
};
