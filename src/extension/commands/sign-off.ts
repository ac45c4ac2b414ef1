import { COMMANDS } from '../ids.ts';
import { signOffFlow } from '../sign-off/flow.ts';
import { t } from '../translation.ts';
import type { Command } from './command.ts';
import { environmentOf } from './node-arguments.ts';

/** *Sign Off…*: the main job. A click on an environment's open seat passes that environment. */
export const signOff: Command = {
  id: COMMANDS.signOff,
  run: async (services, argument) =>
    signOffFlow(services, {
      title: t('Sign Off'),
      intention: 'approve',
      preselect: () => false,
      environment: environmentOf(argument),
    }),
};
