import { succeed } from '../../base/result.ts';
import { COMMANDS } from '../ids.ts';
import { t } from '../translation.ts';
import type { Command } from './command.ts';

/** Removes the credential of one server from the system's keyring, for every workspace. */
export const forgetServerCredential: Command = {
  id: COMMANDS.forgetServerCredential,
  run: async ({ credentials, prompts }) => {
    const origins = credentials.origins();
    if (origins.length === 0) {
      void prompts.notify({ level: 'information', message: t('No credential of a tracking server is stored.') });
      return undefined;
    }
    const answer = await prompts.pickOne({
      title: t('Forget Tracking Server Credential'),
      placeholder: t('Whose credential should be forgotten?'),
      choices: origins.map((origin) => ({ value: origin, label: origin, icon: 'key' })),
    });
    if (answer.kind !== 'given') return undefined;
    await credentials.forget(answer.value);
    return succeed(answer.value);
  },
};
