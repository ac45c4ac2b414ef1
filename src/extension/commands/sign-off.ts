import { COMMANDS } from '../ids.ts';
import { signOffFlow } from '../sign-off/flow.ts';
import { t } from '../translation.ts';
import type { Command } from './command.ts';

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

function environmentOf(argument: unknown): string | undefined {
  if (typeof argument !== 'object' || argument === null || !('environment' in argument)) return undefined;
  return typeof argument.environment === 'string' ? argument.environment : undefined;
}
