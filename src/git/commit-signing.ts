import { isTrue, ownSettingOf, readSettings, settingOf } from './git-settings.ts';
import type { Repository } from './repository.ts';

/** What `commit-tree` needs to follow the user's wish to sign commits; it ignores `commit.gpgSign` by itself. */
export interface CommitSigning {
  /** Options of git itself. */
  readonly configuration: readonly string[];
  /** Options of `commit-tree`. */
  readonly flags: readonly string[];
}

const PROGRAMS = {
  'gpg.program': 'gpg',
  'gpg.openpgp.program': 'gpg',
  'gpg.ssh.program': 'ssh-keygen',
  'gpg.x509.program': 'gpgsm',
};

/**
 * Signs when `commit.gpgSign` says so. The programs that git would run for it are taken from the user's and the
 * machine's settings only: a repository that came from elsewhere can't choose a program for us to start.
 */
export async function commitSigning(repository: Repository): Promise<CommitSigning> {
  const settings = await readSettings(repository, '^(commit\\.gpgsign|gpg\\..*)$');
  if (!isTrue(settingOf(settings, 'commit.gpgsign'))) return { configuration: [], flags: [] };
  const configuration = Object.entries(PROGRAMS).flatMap(([name, standard]) => [
    '-c',
    `${name}=${ownSettingOf(settings, name) ?? standard}`,
  ]);
  const keyCommand = ownSettingOf(settings, 'gpg.ssh.defaultkeycommand');
  return { configuration: [...configuration, '-c', `gpg.ssh.defaultKeyCommand=${keyCommand ?? ''}`], flags: ['-S'] };
}
