import type { Repository } from './repository.ts';
import { readGit } from './run-git.ts';

/** A tag of a commit. Nothing proves who made it, or when. */
export interface CommitTag {
  /** Without `refs/tags/`. */
  readonly name: string;
  readonly commit: string;
  /** When the tag was made, or, for a lightweight one, its commit; in milliseconds since 1970. */
  readonly time: number;
}

/** Every tag that names a commit, annotated or not, in the order of the names. Runs no program of the repository. */
export async function listTags(repository: Repository, signal?: AbortSignal): Promise<CommitTag[]> {
  const format = '%(refname)%00%(objecttype)%00%(objectname)%00%(*objecttype)%00%(*objectname)%00%(creatordate:unix)';
  const output = await readGit(repository, ['for-each-ref', `--format=${format}`, 'refs/tags'], { signal });
  if (output.code !== 0) return [];
  return output.stdout
    .toString('utf8')
    .split('\n')
    .flatMap((line) => {
      const [ref = '', type, object = '', peeledType, peeled = '', seconds] = line.split('\0');
      const commit = type === 'commit' ? object : peeledType === 'commit' ? peeled : undefined;
      if (commit === undefined) return [];
      return [{ name: ref.slice('refs/tags/'.length), commit, time: Number(seconds ?? 0) * 1000 }];
    });
}
