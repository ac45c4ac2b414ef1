import type { Repository } from '../git/repository.ts';
import { readGit } from '../git/run-git.ts';
import { tagsOf } from './gates/tags-of.ts';

/** A tag that told of a model, as this repository has it. Whether the remote has it, only the remote knows. */
export interface ToldByTag {
  /** Without `refs/tags/`. */
  readonly name: string;
  /** When it was made, ISO 8601. */
  readonly at: string;
  /** What it says in its first line. */
  readonly subject: string;
  /** The first digits of the model's id, as many as the name holds. */
  readonly shortModelId: string;
}

const MOST = '--count=20';
const FORMAT = '--format=%(refname)%00%(creatordate:iso-strict)%00%(contents:subject)';

/** The newest tag that a sign-off of the model for the environment made; undefined where none did. */
export async function newestTag(
  repository: Repository,
  gate: { readonly model: string; readonly environment: string },
): Promise<ToldByTag | undefined> {
  const prefix = `refs/tags/${tagsOf(gate)}`;
  const output = await readGit(repository, ['for-each-ref', '--sort=-creatordate', MOST, FORMAT, prefix]);
  for (const line of output.stdout.toString('utf8').split('\n')) {
    const [ref = '', at = '', subject = ''] = line.split('\0');
    const shortModelId = /^([0-9a-f]{12})-[0-9a-f]{8}$/.exec(ref.slice(prefix.length))?.[1];
    // Anybody may have made other tags there.
    if (shortModelId === undefined || Number.isNaN(Date.parse(at))) continue;
    return { name: ref.slice('refs/tags/'.length), at, subject, shortModelId };
  }
  return undefined;
}
