import type { Repository } from './repository.ts';
import { runGit } from './run-git.ts';

/** Where git found a setting: `local` and `worktree` come with the repository, the others are the user's or the machine's. */
export interface GitSetting {
  readonly scope: 'system' | 'global' | 'local' | 'worktree' | 'command' | 'unknown';
  readonly value: string;
}

/** All values of the settings whose names match, later ones overriding earlier ones. Names are lower-case. */
export async function readSettings(repository: Repository, pattern: string): Promise<Map<string, GitSetting[]>> {
  const output = await runGit(repository, ['config', '--null', '--show-scope', '--includes', '--get-regexp', pattern]);
  const settings = new Map<string, GitSetting[]>();
  const fields = output.stdout.toString('utf8').split('\0');
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const entry = fields[index + 1] ?? '';
    const lineEnd = entry.indexOf('\n');
    const name = lineEnd < 0 ? entry : entry.slice(0, lineEnd);
    const value = lineEnd < 0 ? 'true' : entry.slice(lineEnd + 1);
    const list = settings.get(name) ?? [];
    list.push({ scope: (fields[index] ?? 'unknown') as GitSetting['scope'], value });
    settings.set(name, list);
  }
  return settings;
}

/** The value in force. */
export function settingOf(settings: Map<string, GitSetting[]>, name: string): string | undefined {
  return settings.get(name)?.at(-1)?.value;
}

/** The value in force among those that did not come with the repository: for names of programs to run. */
export function ownSettingOf(settings: Map<string, GitSetting[]>, name: string): string | undefined {
  return settings.get(name)?.findLast((setting) => setting.scope === 'global' || setting.scope === 'system')?.value;
}

export function isTrue(value: string | undefined): boolean {
  return value !== undefined && ['true', 'yes', 'on', '1'].includes(value.toLowerCase());
}
