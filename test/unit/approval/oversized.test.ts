import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { envelopeBytes } from '../../../src/approval/dsse.ts';
import type { ApprovalFile } from '../../../src/approval/read-approvals.ts';
import { verifySshsig } from '../../../src/approval/sshsig.ts';
import { sha256Hex } from '../../../src/base/hashing.ts';
import { type DemoProject, makeDemoProject } from './support/demo-project.ts';
import { ana, ben, codesOf, MODEL, makeWorld, OTHER_FILES, OTHER_MODEL } from './support/sign-off-case.ts';

const world = makeWorld();
const good = [world.sign({ by: ana }), world.sign({ by: ben })];
const FOLDER = '.signoff/approvals/default-classifier/run-1';
const MEGABYTE = 1024 * 1024;
const manyLines = `-----BEGIN SSH SIGNATURE-----\n${'a\n'.repeat(9 * MEGABYTE)}-----END SSH SIGNATURE-----\n`;
const envelope = (text: string) => Buffer.from(`{"payloadType":"application/vnd.in-toto+json",${text}}`);

const HUGE: readonly (readonly [name: string, code: string, content: () => ApprovalFile['content']])[] = [
  ['an armour of nine million lines', 'envelope-malformed', () => envelopeBytes(Buffer.from('{}'), manyLines)],
  [
    'an armour of 70-character lines without end',
    'envelope-malformed',
    () => envelopeBytes(Buffer.from('{}'), manyLines.replaceAll('a\n'.repeat(1024), `${'a'.repeat(70)}\n`.repeat(28))),
  ],
  ['a file over the limit', 'too-large', () => Buffer.alloc(33 * MEGABYTE, ' ')],
  ['a file that was too large to be read', 'too-large', () => 'too-large'],
  ['a number of 30 million digits', 'envelope-malformed', () => Buffer.from('1'.repeat(30 * MEGABYTE))],
  ['30 million brackets', 'envelope-malformed', () => Buffer.from('['.repeat(30 * MEGABYTE))],
  ['a key of 30 million letters', 'envelope-malformed', () => Buffer.from(`{"${'k'.repeat(30 * MEGABYTE)}":0}`)],
  ['a key of 15 million letters twice', 'envelope-malformed', () => Buffer.from(twice('k'.repeat(15 * MEGABYTE)))],
  ['millions of signatures', 'envelope-malformed', () => envelope(`"payload":"","signatures":[0${',0'.repeat(5e6)}]`)],
];

function twice(key: string): string {
  return `{"${key}":0,"${key}":0}`;
}

for (const [name, code, content] of HUGE) {
  test(`${name} among the approvals is ignored, in a short sentence, and the others count`, () => {
    const path = `${FOLDER}/production.risk.0000000000000000.json`;
    const verdict = world.verdict({ files: [...good, { path, content: content(), inHead: true }] });
    assert.deepEqual(codesOf(verdict), []);
    assert.deepEqual(
      verdict.ignored.map((each) => [each.file, each.code]),
      [[path, code]],
    );
    assert.ok((verdict.ignored[0]?.message.length ?? 0) < 300);
  });
}

test('an armour longer than any signature is refused before it is decoded', () => {
  const read = verifySshsig(manyLines, 'model-signoff', Buffer.alloc(0));
  assert.equal(read.ok ? 'verified' : read.problem.code, 'signature-malformed');
});

test('a model comes back through a statement that supersedes 200,000 others, and is judged like any other', () => {
  const many = Array.from({ length: 200_000 }, (_, index) => index.toString(16).padStart(64, '0'));
  const onOther = world.assess({}, { model_id: OTHER_MODEL.modelId, baseline: MODEL.modelId });
  const [second, third] = [ana, ben].map((by, index) =>
    world.sign({
      by,
      files: OTHER_FILES,
      predicate: {
        assessment: { sha256: sha256Hex(onOther) },
        replaces: MODEL.modelId,
        supersedes: [...many, good[index]?.id ?? ''],
      },
    }),
  );
  assert.ok(second && third);
  const between = [second, third].map(({ id }, index) =>
    world.sign({ by: index === 0 ? ana : ben, predicate: { run: 'run-0', supersedes: [id] } }),
  );
  const backAgain = world.assess({}, { baseline: OTHER_MODEL.modelId });
  const back = [ana, ben].map((by, index) =>
    world.sign({
      by,
      predicate: {
        assessment: { sha256: sha256Hex(backAgain) },
        replaces: OTHER_MODEL.modelId,
        supersedes: [between[index]?.id ?? ''],
      },
    }),
  );
  const files = [...good, second, third, ...between, ...back];
  const verdict = world.verdict({ files, assessments: [world.assess(), backAgain] });
  assert.deepEqual(codesOf(verdict), []);
});

/** Adds entries to HEAD by plumbing, as somebody would whom no file system limits. */
function addToHead({ scratch, folder }: DemoProject, entries: readonly (readonly [path: string, oid: string])[]): void {
  for (const [path, oid] of entries) scratch.git('update-index', '--add', '--cacheinfo', `100644,${oid},${path}`);
  const tree = scratch.git('write-tree').trim();
  scratch.git(
    'update-ref',
    'HEAD',
    execFileSync('git', ['commit-tree', '-p', 'HEAD', '-m', 'Attack', tree], { cwd: folder, encoding: 'utf8' }).trim(),
  );
}

function blob({ folder }: DemoProject, content: Uint8Array): string {
  const args = ['hash-object', '-w', '--stdin'];
  return execFileSync('git', args, { cwd: folder, input: content, encoding: 'utf8' }).trim();
}

test('a blob of 65 MB and folders without end are told of, and do not keep the verdict from being given', async (context) => {
  const project = makeDemoProject(context);
  for (const name of ['ana', 'ben'] as const) assert.ok((await project.signOff(name)).ok);
  const huge = `${FOLDER}/production.risk.0000000000000000.json`;
  const deep = `${FOLDER}/${'deeper/'.repeat(80)}file.json`;
  const own = blob(project, Buffer.from('x'));
  addToHead(project, [
    [huge, blob(project, Buffer.alloc(65 * MEGABYTE, ' '))],
    [deep, own],
  ]);
  const verdict = await project.verify();
  assert.ok(verdict.ok, JSON.stringify(verdict));
  assert.deepEqual(verdict.value.reasons, []);
  assert.deepEqual(
    verdict.value.ignored.map(({ file, code }) => [file, code]),
    [
      [`${FOLDER}/deeper`, 'not-a-file'],
      [huge, 'too-large'],
    ],
  );
});

test('a signed assessment that is too large refuses, as one that is missing', async (context) => {
  const project = makeDemoProject(context);
  for (const name of ['ana', 'ben'] as const) assert.ok((await project.signOff(name)).ok);
  const path = project.scratch.git('ls-tree', '-r', '--name-only', 'HEAD', '.signoff/assessments/').trim();
  addToHead(project, [[path, blob(project, Buffer.alloc(65 * MEGABYTE, ' '))]]);
  const verdict = await project.verify();
  assert.ok(verdict.ok, JSON.stringify(verdict));
  assert.deepEqual(codesOf(verdict.value), ['assessment-missing']);
});

test('a policy that is too large refuses everything', async (context) => {
  const project = makeDemoProject(context);
  addToHead(project, [['signoff.yaml', blob(project, Buffer.alloc(65 * MEGABYTE, ' '))]]);
  const verdict = await project.verify();
  assert.deepEqual(verdict.ok ? codesOf(verdict.value) : verdict.problem, ['too-large']);
});
