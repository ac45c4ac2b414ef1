import { COMMANDS } from '../ids.ts';
import { signOffFlow } from '../sign-off/flow.ts';
import { t } from '../translation.ts';
import type { Command } from './command.ts';
import { checkOf } from './node-arguments.ts';

/** An attestation is part of an approval, so this is the sign-off with the attestations already chosen. */
export const attest: Command = {
  id: COMMANDS.attest,
  run: async (services, argument) => {
    const named = checkOf(argument);
    return signOffFlow(services, {
      title: t('Attest and Sign Off'),
      intention: 'approve',
      preselect: (point) => (named === undefined ? point.kind === 'attest' : point.check === named),
      nothingToSettle:
        named === undefined
          ? t('There is nothing to attest: the policy asks for no attestation that is missing.')
          : t('There is nothing to attest at “{0}”.', named),
    });
  },
};
