import { fail, type Result, succeed } from '../base/result.ts';
import { readSettings, settingOf } from './git-settings.ts';
import type { Repository } from './repository.ts';
import { gitSaid, readGit, runGitWithHooks } from './run-git.ts';

export interface PushRequest {
  readonly remote: string;
  /** Full ref there. Never forced. */
  readonly ref: string;
  /** What to push; the ref of the same name here when not given. */
  readonly commit?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** `pushed`: it is there now. `up-to-date`: it was there before. `refused`: the remote has something else or forbids it. */
export interface PushOutcome {
  readonly state: 'pushed' | 'up-to-date' | 'refused';
  /** The remote's words when it refused. */
  readonly message: string;
}

/** The remote of the current branch, else `origin`, else none. */
export async function remoteOf(repository: Repository): Promise<string | undefined> {
  const settings = await readSettings(repository, '^(branch\\..*\\.remote|remote\\..*\\.url)$');
  const head = await readGit(repository, ['symbolic-ref', '--quiet', '--short', 'HEAD']);
  const branch = head.stdout.toString('utf8').trim();
  const upstream = settingOf(settings, `branch.${branch}.remote`);
  for (const remote of [upstream, 'origin']) {
    if (remote !== undefined && settings.has(`remote.${remote}.url`)) return remote;
  }
  return undefined;
}

/**
 * Pushes one ref with the user's own `git push`: their credentials, their proxy, and their hooks, since LFS uploads in one.
 * Problem `push-failed`: the remote gave no answer, so nobody knows whether it has the ref.
 */
export async function pushRef(repository: Repository, request: PushRequest): Promise<Result<PushOutcome>> {
  const { remote, ref, commit = ref, signal } = request;
  const args = ['push', '--porcelain', '--end-of-options', remote, `${commit}:${ref}`];
  const output = await runGitWithHooks(repository, args, { signal });
  const line = output.stdout
    .toString('utf8')
    .split('\n')
    .find((text) => /^[ +\-*=!]\t/.test(text));
  if (line?.startsWith('!')) return succeed({ state: 'refused', message: line.split('\t').at(-1) ?? gitSaid(output) });
  if (output.code === 0 && line?.startsWith('=')) return succeed({ state: 'up-to-date', message: '' });
  if (output.code === 0 && line !== undefined) return succeed({ state: 'pushed', message: '' });
  return fail('push-failed', `Git can't push to ${remote}: ${gitSaid(output)}`);
}
