import { git } from './git.ts';

/** One more commit by somebody, of files that lie in the work tree. */
export function commitAs(author: string, folder: string, ...paths: readonly string[]): void {
  const isFirst = git(folder, 'rev-list', '--all', '-1') === '';
  if (!isFirst) git(folder, 'read-tree', 'HEAD');
  git(folder, 'update-index', '--add', ...paths);
  git(folder, 'commit', '--quiet', '--author', author, '--message', 'Change');
}
