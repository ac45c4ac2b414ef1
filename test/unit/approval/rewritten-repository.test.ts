import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type DemoProject, makeDemoProject } from './support/demo-project.ts';

/** What git would show in place of what the commits say must change no verdict: neither to yes nor to no. */
async function signedProject(context: TestContext): Promise<DemoProject> {
  const project = makeDemoProject(context);
  for (const name of ['ana', 'ben'] as const) assert.ok((await project.signOff(name)).ok);
  return project;
}

async function codesOf(project: DemoProject): Promise<string[]> {
  const verdict = await project.verify();
  assert.ok(verdict.ok, JSON.stringify(verdict));
  return verdict.value.reasons.map(({ code }) => code);
}

function oid({ scratch }: DemoProject, name: string): string {
  return scratch.git('--no-replace-objects', 'rev-parse', name).trim();
}

function blob({ folder }: DemoProject, content: string): string {
  const args = ['hash-object', '-w', '--stdin'];
  return execFileSync('git', args, { cwd: folder, input: content, encoding: 'utf8' }).trim();
}

function objectFile(folder: string, id: string): string {
  return join(folder, id.slice(0, 2), id.slice(2));
}

test('a replaced commit does not hide a rejection', async (context) => {
  const project = await signedProject(context);
  const approved = oid(project, 'HEAD');
  assert.ok((await project.signOff('eve', { decision: 'reject', comment: 'no' })).ok);
  for (const what of ['', '^{tree}', ':.signoff/approvals'])
    project.scratch.git('replace', '-f', oid(project, `HEAD${what}`), oid(project, `${approved}${what}`));
  assert.equal(
    project.scratch.git('ls-tree', '-r', '--name-only', 'HEAD', '.signoff/approvals').match(/json/g)?.length,
    2,
  );
  assert.deepEqual(await codesOf(project), ['rejected']);
});

test('replaced policy, signers and approvals change no verdict', async (context) => {
  const project = await signedProject(context);
  const policy = readFileSync(join(project.folder, 'signoff.yaml'), 'utf8');
  project.scratch.git(
    'replace',
    oid(project, 'HEAD:signoff.yaml'),
    blob(project, policy.replace('risk: 1', 'risk: 9')),
  );
  project.scratch.git('replace', oid(project, 'HEAD:.signoff/allowed_signers'), blob(project, '# nobody\n'));
  const [approval = ''] =
    project.scratch.git('ls-tree', '-r', 'HEAD', '.signoff/approvals').match(/[0-9a-f]{40}/) ?? [];
  project.scratch.git('replace', approval, blob(project, '{}'));
  assert.deepEqual(await codesOf(project), []);
});

/** Ben last changed the policy and approves: the graft would make the commit after his the one that brought it. */
test('a graft does not hide who wrote the policy', async (context) => {
  const project = makeDemoProject(context);
  const file = join(project.folder, 'signoff.yaml');
  const policy = readFileSync(file, 'utf8').replace('separate_from: [trained_by]', 'separate_from: [policy_author]');
  project.scratch.write('signoff.yaml', policy);
  project.scratch.commit('Separate');
  project.protect();
  for (const name of ['ana', 'ben'] as const) assert.ok((await project.signOff(name)).ok);
  assert.deepEqual(await codesOf(project), []);
  project.scratch.git('checkout', '--quiet', '--orphan', 'again');
  project.scratch.git('commit', '--quiet', '--author', 'Ben <ben@acme.example>', '-m', 'Write the policy');
  project.scratch.write('note', 'nothing');
  const later = project.scratch.commit('Note');
  project.protect();
  const honest = await codesOf(project);
  assert.ok(honest.includes('not-separate'), honest.join());
  mkdirSync(join(project.folder, '.git/info'), { recursive: true });
  appendFileSync(join(project.folder, '.git/info/grafts'), `${later}\n`);
  assert.equal(project.scratch.git('rev-list', '--count', 'HEAD').trim(), '1', 'git itself believes the graft');
  assert.deepEqual(await codesOf(project), honest);
});

/** Moves every object to a store of its own, which the repository names as its alternate. */
function moveToAlternate(project: DemoProject): string {
  const own = join(project.folder, '.git/objects');
  const store = join(project.folder, '../store');
  cpSync(own, store, { recursive: true });
  for (const id of project.scratch
    .git('cat-file', '--batch-all-objects', '--batch-check=%(objectname)')
    .trim()
    .split('\n'))
    rmSync(objectFile(own, id));
  mkdirSync(join(own, 'info'), { recursive: true });
  writeFileSync(join(own, 'info/alternates'), `${store}\n`);
  return store;
}

test('objects that an alternate supplies are as good as any', async (context) => {
  const project = await signedProject(context);
  moveToAlternate(project);
  assert.deepEqual(await codesOf(project), []);
  assert.ok((await project.signOff('eve', { decision: 'reject', comment: 'no' })).ok);
  assert.deepEqual(await codesOf(project), ['rejected']);
});

test('an alternate that supplies other bytes under an honest id is refused', async (context) => {
  const project = await signedProject(context);
  assert.ok((await project.signOff('eve', { decision: 'reject', comment: 'no' })).ok);
  const store = moveToAlternate(project);
  const approved = objectFile(store, oid(project, 'HEAD~1^{tree}'));
  const rejected = objectFile(store, oid(project, 'HEAD^{tree}'));
  chmodSync(dirname(rejected), 0o755);
  chmodSync(rejected, 0o644);
  copyFileSync(approved, rejected);
  assert.deepEqual(await codesOf(project), ['object-corrupt']);
});
