import { ATTRIBUTES_CONTENT, signoffFolder } from '../../approval/file-names.ts';
import { readBlob, resolveCommit } from '../../git/objects.ts';
import { remoteOf } from '../../git/push.ts';
import type { Repository } from '../../git/repository.ts';
import { branchToCommitTo } from '../../git/repository-state.ts';
import { gitSaid, readGit, runGit } from '../../git/run-git.ts';
import type { PolicyRepository } from '../policy-repository.ts';
import { type Finding, failed, ok, warn } from './finding.ts';

/** Whether a sign-off could be committed here, byte for byte, and pushed. */
export async function examineGit({ repository, policyPath }: PolicyRepository): Promise<Finding[]> {
  return [
    await gitVersion(repository),
    await branch(repository),
    await identity(repository),
    await attributes(repository, policyPath),
    await remote(repository),
  ];
}

async function gitVersion(repository: Repository): Promise<Finding> {
  const output = await readGit(repository, ['version']);
  const version = output.stdout.toString('utf8').trim();
  return output.code === 0 ? ok('git', version) : failed('git', `Git does not run: ${gitSaid(output)}`);
}

async function branch(repository: Repository): Promise<Finding> {
  const found = await branchToCommitTo(repository);
  return found.ok ? ok('branch', `Sign-offs go to ${found.value}.`) : failed('branch', found.problem.message);
}

/** Git refuses to commit for somebody without a name. */
async function identity(repository: Repository): Promise<Finding> {
  const output = await runGit(repository, ['var', 'GIT_COMMITTER_IDENT']);
  const name = output.stdout
    .toString('utf8')
    .trim()
    .replace(/ \d+ [+-]\d+$/, '');
  if (output.code === 0) return ok('identity', `Commits are by ${name}.`);
  return failed(
    'identity',
    'Git does not know who commits: run git config user.name <name> and git config user.email <address>.',
  );
}

/** What git does to an approval on its way out of and into the repository; each has to be off. */
const CHANGING = ['text', 'filter', 'ident', 'working-tree-encoding'];

async function attributes(repository: Repository, policyPath: string): Promise<Finding> {
  const folder = signoffFolder(policyPath);
  const path = `${folder.path}/approvals/model/run/approval.json`;
  const output = await runGit(repository, ['check-attr', '-z', ...CHANGING, '--', path]);
  const fields = output.stdout.toString('utf8').split('\0');
  const changing = CHANGING.filter((_, index) => fields[3 * index + 2] !== 'unset');
  const head = await resolveCommit(repository, 'HEAD');
  const committed = head === undefined ? undefined : await readBlob(repository, head, folder.attributes);
  if (committed === undefined)
    return warn('.gitattributes', `${folder.attributes} is not committed yet: it joins the first sign-off's commit.`);
  if (output.code === 0 && changing.length === 0) return ok('.gitattributes', 'Git leaves signed files as they are.');
  return failed(
    '.gitattributes',
    `Git may change signed files on checkout (${changing.join(', ')}): ${folder.attributes} has to say "${ATTRIBUTES_CONTENT.trim()}", and .git/info/attributes nothing else.`,
  );
}

async function remote(repository: Repository): Promise<Finding> {
  const name = await remoteOf(repository);
  if (name !== undefined) return ok('remote', `Sign-offs are pushed to ${name}.`);
  return warn('remote', 'There is no remote, so no pipeline sees a sign-off: git remote add origin <address>.');
}
