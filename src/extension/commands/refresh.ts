import { succeed } from '../../base/result.ts';
import { COMMANDS } from '../ids.ts';
import type { Command } from './command.ts';

/** For when a watcher missed something. What it finds shows in the views, so it says nothing itself. */
export const refresh: Command = {
  id: COMMANDS.refresh,
  run: async ({ state, pipelines }) => {
    pipelines.look();
    await state.refresh('anew');
    return succeed(undefined);
  },
};
