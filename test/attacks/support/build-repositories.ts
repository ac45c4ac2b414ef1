import { globSync, linkSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { assessmentPath } from '../../../src/approval/file-names.ts';
import { sha256Hex } from '../../../src/base/hashing.ts';
import { FOLDER, makeWorld, POLICY, SIGNERS } from '../../unit/approval/support/sign-off-case.ts';
import { gitWithInput } from './git.ts';
import { type Files, type Recipe, SIGNED_MODEL } from './recipe.ts';

export const TRUSTED_BRANCH = 'refs/heads/protected';
const HEAD_BRANCH = 'refs/heads/main';

/** Repositories in the temporary folder, one for each recipe, in their order. */
export interface BuiltRepositories {
  readonly folders: readonly string[];
  remove(): void;
}

/** A file of a commit: a symlink where there is no content. */
interface Entry {
  readonly path: string;
  readonly content: string | Uint8Array | undefined;
}

/**
 * Makes each recipe's repository: the trusted branch, and HEAD as one commit on top of it. The work tree holds the model
 * alone. One process of git writes all their objects into one pack, since two hundred repositories are to take seconds.
 */
export function buildRepositories(recipes: readonly Recipe[]): BuiltRepositories {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'signoff-attacks-')));
  const store = join(parent, 'store');
  makeGitFolder(store);
  const marks = join(parent, 'marks');
  const commits = recipes.flatMap((recipe, index) => commitsOf(recipe, 2 * index + 1));
  const input = Buffer.concat([...commits, Buffer.from('done\n')]);
  gitWithInput(store, input, 'fast-import', '--quiet', '--done', `--export-marks=${marks}`);
  const idOfMark = new Map(
    readFileSync(marks, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(' ') as [string, string]),
  );
  const folders = recipes.map((recipe, index) => {
    const folder = join(parent, `${index}`);
    makeGitFolder(folder);
    writeFileSync(join(folder, '.git', TRUSTED_BRANCH), `${idOfMark.get(`:${2 * index + 1}`)}\n`);
    writeFileSync(join(folder, '.git', HEAD_BRANCH), `${idOfMark.get(`:${2 * index + 2}`)}\n`);
    for (const file of globSync('.git/objects/pack/*', { cwd: store })) linkSync(join(store, file), join(folder, file));
    writeFiles(join(folder, 'model'), recipe.model ?? SIGNED_MODEL);
    recipe.afterwards?.(folder);
    return folder;
  });
  return { folders, remove: () => rmSync(parent, { recursive: true, force: true, maxRetries: 3 }) };
}

/** What `git init` would make, less what nobody reads. */
function makeGitFolder(folder: string): void {
  const git = join(folder, '.git');
  for (const name of ['objects/pack', 'refs/heads']) mkdirSync(join(git, name), { recursive: true });
  writeFileSync(join(git, 'HEAD'), `ref: ${HEAD_BRANCH}\n`);
  writeFileSync(join(git, 'config'), '[core]\n\trepositoryformatversion = 0\n[fastimport]\n\tunpackLimit = 1\n');
}

function writeFiles(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

function commitsOf(recipe: Recipe, mark: number): Buffer[] {
  const author = recipe.author ?? 'Dan <dan@acme.example>';
  return [
    commit(`refs/heads/${mark}`, mark, author, trustedEntries(recipe)),
    commit(`refs/heads/${mark}`, mark + 1, 'Mallory <mallory@evil.example>', headEntries(recipe)),
  ];
}

function trustedEntries(recipe: Recipe): Entry[] {
  return [
    { path: 'signoff.yaml', content: recipe.policy ?? POLICY },
    { path: FOLDER.allowedSigners, content: recipe.signers ?? SIGNERS },
    ...below('model', SIGNED_MODEL),
    ...recipe.approvals.filter(({ inHead }) => !inHead).map(asEntry),
  ];
}

function headEntries(recipe: Recipe): Entry[] {
  const policy = recipe.policy ?? POLICY;
  return [
    { path: 'signoff.yaml', content: recipe.headPolicy ?? policy },
    { path: FOLDER.allowedSigners, content: recipe.headSigners ?? recipe.signers ?? SIGNERS },
    ...below('model', recipe.model ?? SIGNED_MODEL),
    ...recipe.approvals.filter(({ inHead }) => inHead).map(asEntry),
    ...(recipe.assessments ?? [assessmentUnder(policy)]).map((bytes) => ({
      path: assessmentPath(FOLDER, 'default-classifier', 'run-1', sha256Hex(bytes)),
      content: recipe.doctored?.(bytes) ?? bytes,
    })),
    ...below('', recipe.files ?? {}),
  ];
}

const assessments = new Map<string, Uint8Array>();

/** The assessment in which every check is as it should be. Policies repeat, and reading one takes its time. */
function assessmentUnder(policy: string): Uint8Array {
  const bytes = assessments.get(policy) ?? makeWorld(policy).assess();
  assessments.set(policy, bytes);
  return bytes;
}

function asEntry({ path, content }: { readonly path: string; readonly content: unknown }): Entry {
  return { path, content: content instanceof Uint8Array ? content : undefined };
}

function below(folder: string, files: Files): Entry[] {
  return Object.entries(files).map(([path, content]) => ({ path: join(folder, path), content }));
}

/** One commit of exactly these files, on top of the branch's last one, in git-fast-import(1)'s language. */
function commit(branch: string, mark: number, author: string, entries: readonly Entry[]): Buffer {
  const people = ['author', 'committer'].map((kind) => `${kind} ${author} 1781000000 +0000\n`).join('');
  const head = `commit ${branch}\nmark :${mark}\n${people}data 0\ndeleteall\n`;
  return Buffer.concat([Buffer.from(head), ...entries.map(modification)]);
}

function modification({ path, content }: Entry): Buffer {
  const bytes = Buffer.from(content ?? 'elsewhere');
  const head = `M ${content === undefined ? '120000' : '100644'} inline ${path}\ndata ${bytes.length}\n`;
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from('\n')]);
}
