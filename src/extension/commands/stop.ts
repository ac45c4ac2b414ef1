import { succeed } from '../../base/result.ts';
import { COMMANDS } from '../ids.ts';
import type { Command } from './command.ts';

/** Stops a look that takes long, such as artifacts that come from a server; what was shown before stays. */
export const stop: Command = {
  id: COMMANDS.stop,
  run: async ({ state }) => {
    state.stop();
    return succeed(undefined);
  },
};
