import { fail, type Result, succeed } from '../base/result.ts';
import type { SigningKey } from './keys.ts';
import type { Repository } from './repository.ts';
import { gitSaid, readGit, runGit } from './run-git.ts';
import { sshKeygen } from './ssh-sign.ts';

export interface TagRequest {
  /** Without `refs/tags/`. */
  readonly name: string;
  readonly commit: string;
  readonly message: string;
  readonly key: SigningKey;
  readonly signal?: AbortSignal | undefined;
}

/** A tag that stands in the repository. `commit` is what it names in the end; `message` is empty for a lightweight tag. */
export interface ExistingTag {
  readonly commit: string;
  readonly message: string;
  readonly annotated: boolean;
}

/**
 * Makes an annotated tag, signed with the SSH key. Never replaces one: a tag that moved would say something that nobody
 * signed. Problems: `tag-failed`.
 */
export async function createSignedTag(repository: Repository, request: TagRequest): Promise<Result<undefined>> {
  const settings = [
    'gpg.format=ssh',
    `user.signingkey=${request.key.path ?? `key::${request.key.publicKey}`}`,
    // The repository's own configuration must not choose the program that signs.
    `gpg.ssh.program=${sshKeygen() ?? 'ssh-keygen'}`,
  ].flatMap((setting) => ['-c', setting]);
  const args = [
    ...settings,
    'tag',
    '-s',
    '--cleanup=verbatim',
    '-F',
    '-',
    '--end-of-options',
    request.name,
    request.commit,
  ];
  const output = await runGit(repository, args, { input: request.message, signal: request.signal });
  return output.code === 0
    ? succeed(undefined)
    : fail('tag-failed', `Git can't make the tag ${request.name}: ${gitSaid(output)}`);
}

/** The tag of that name, or undefined. Runs no program of the repository. */
export async function readTag(repository: Repository, name: string): Promise<ExistingTag | undefined> {
  const ref = `refs/tags/${name}`;
  const format = '%(refname)%00%(objecttype)%00%(objectname)%00%(*objectname)%00%(contents)';
  const output = await readGit(repository, ['for-each-ref', `--format=${format}`, ref]);
  const [refname, type, object, peeled, ...contents] = output.stdout.toString('utf8').split('\0');
  if (refname !== ref || object === undefined) return undefined;
  return { commit: peeled || object, message: type === 'tag' ? contents.join('\0') : '', annotated: type === 'tag' };
}
