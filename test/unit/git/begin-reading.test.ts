import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { beginReading } from '../../../src/git/begin-reading.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'signoff-begin-')));
after(() => rmSync(folder, { recursive: true, force: true }));

function repository(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  git(path, 'init', '-q', '-b', 'main');
  return path;
}

function git(path: string, ...args: string[]): string {
  const author = ['-c', 'user.name=Ana', '-c', 'user.email=ana@acme.example'];
  return execFileSync('git', ['-C', path, ...author, ...args], { encoding: 'utf8' }).trim();
}

test('reading that was begun knows HEAD and the branch that was named', async () => {
  const path = repository('committed');
  git(path, 'commit', '-q', '--allow-empty', '-m', 'first');
  const begun = beginReading(join(path), 'main');
  try {
    assert.equal(begun?.topLevel, path);
    assert.equal(await begun.objects.head(), git(path, 'rev-parse', 'HEAD'));
    assert.match((await begun.listed)?.stdout.toString() ?? '', /^refs\/heads\/main [0-9a-f]{40} commit\n$/);
  } finally {
    begun?.objects.close();
  }
});

test('HEAD is no commit before the first one, and a branch of that name is not HEAD', async () => {
  const path = repository('unborn');
  const begun = beginReading(path, undefined);
  assert.equal(await begun?.objects.head(), undefined);
  begun?.objects.close();
  git(path, 'commit', '-q', '--allow-empty', '-m', 'first');
  git(path, 'commit', '-q', '--allow-empty', '-m', 'second');
  git(path, 'update-ref', 'refs/heads/HEAD', 'HEAD~1');
  const again = beginReading(path, undefined);
  assert.equal(await again?.objects.head(), git(path, 'rev-parse', 'refs/heads/main'));
  again?.objects.close();
});

test('nothing is begun where there is no repository, and no branch is listed where none is meant', () => {
  assert.equal(beginReading(folder, 'main'), undefined);
  const path = repository('names');
  for (const name of [undefined, 'HEAD', '--all', 'refs/tags/v1', 'a'.repeat(40)]) {
    const begun = beginReading(path, name);
    assert.equal(begun?.listed, undefined);
    begun?.objects.close();
  }
});
