import { COMMANDS } from '../ids.ts';
import { signOffFlow } from '../sign-off/flow.ts';
import { t } from '../translation.ts';
import type { Command } from './command.ts';

/** A signed "no", with its reason. */
export const reject: Command = {
  id: COMMANDS.reject,
  run: async (services) => signOffFlow(services, { title: t('Reject'), intention: 'reject', preselect: () => false }),
};
