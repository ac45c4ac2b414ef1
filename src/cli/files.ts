import { lstatSync, promises, realpathSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { escapeForTerminal } from '../base/text.ts';
import { findTopLevel } from '../git/repository.ts';
import type { CommandContext } from './command.ts';

/**
 * Sends a result where the person wants it: to a file they name, else to standard output. Nothing is written through a
 * symlink of the repository: whoever can push could lead the report into the model that was just verified, or out.
 */
export async function deliver(
  text: string,
  output: string | undefined,
  { folder, terminal }: CommandContext,
): Promise<void> {
  if (output === undefined) {
    terminal.print(text);
    return;
  }
  const file = resolve(folder, output);
  const link = symlinkBelowTopLevel(file);
  if (link !== undefined) {
    throw new Error(
      `Nothing is written to ${output}: ${link} is a symbolic link in the repository and could lead anywhere; name the real path.`,
    );
  }
  await promises.writeFile(file, text);
  terminal.note(`Written to ${escapeForTerminal(output)}.\n`);
}

/** The first symlink on the way to `file` that lies in the repository around it, relative to its top level. */
function symlinkBelowTopLevel(file: string): string | undefined {
  const below: string[] = [];
  for (let place = file; ; place = dirname(place)) {
    if (isTopLevel(place)) {
      const link = below.reverse().find((each) => lstatSync(each, { throwIfNoEntry: false })?.isSymbolicLink());
      return link === undefined ? undefined : relative(place, link);
    }
    if (dirname(place) === place) return undefined;
    below.push(place);
  }
}

/** A symlink may lead to a checkout from outside of any; one that lies in a repository could lead to its submodule. */
function isTopLevel(place: string): boolean {
  const stat = lstatSync(place, { throwIfNoEntry: false });
  if (stat === undefined || (!stat.isDirectory() && !stat.isSymbolicLink())) return false;
  if (stat.isSymbolicLink() && findTopLevel(dirname(place)) !== undefined) return false;
  const topLevel = findTopLevel(place);
  return topLevel !== undefined && topLevel === realPath(place);
}

function realPath(place: string): string | undefined {
  try {
    return realpathSync(place);
  } catch {
    return undefined;
  }
}
