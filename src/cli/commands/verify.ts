import type { Command } from '../command.ts';
import { verifyCommandWith } from '../verify-command.ts';

/** `verify` of the whole package, which can evaluate again. */
export const verifyCommand: Command = verifyCommandWith({
  recheck: async (...question) => (await import('../../approval/recheck.ts')).recheck(...question),
});
