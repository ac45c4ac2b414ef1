import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { escapeForTerminal } from '../base/text.ts';
import type { CommandContext } from './command.ts';

/** Sends a result where the person wants it: to a file they name, else to standard output. */
export async function deliver(
  text: string,
  output: string | undefined,
  { folder, terminal }: CommandContext,
): Promise<void> {
  if (output === undefined) {
    terminal.print(text);
    return;
  }
  await writeFile(resolve(folder, output), text);
  terminal.note(`Written to ${escapeForTerminal(output)}.\n`);
}
