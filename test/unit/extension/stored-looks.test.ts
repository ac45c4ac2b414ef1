import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type AssessInput, assess } from '../../../src/extension/engine/assess.ts';
import { forgetLook, newestLook } from '../../../src/extension/engine/newest-look.ts';
import { makeProject, type Project } from '../checks/project.ts';

const folder = mkdtempSync(join(tmpdir(), 'model-signoff-looks-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const MODEL = 'mlruns/1/models/m-model-run1/artifacts/MLmodel';
const CHECKS = { checks: 'auc: { check: metric, metric: roc_auc, dataset: holdout, min: 0.5 }' };

interface Kept extends Project {
  readonly lookFolder: string;
}

async function projectWithStoredLook(parts = CHECKS): Promise<Kept> {
  const lookFolder = mkdtempSync(join(folder, 'looks-'));
  const project = { ...makeProject({ start: 1, end: 2 }), lookFolder };
  await project.load(parts);
  for (const name of ['holdout.csv', 'signoff.yaml', MODEL]) utimesSync(join(project.folder, name), 1, 1);
  assert.equal((await opened(project)).how, 'evaluated');
  // It is written after the answer, under another name first.
  const mostWaits = parts === CHECKS ? 4_000 : 20;
  for (let wait = 0; wait < mostWaits && !readdirSync(lookFolder).some(isWhole); wait += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return project;
}

function isWhole(name: string): boolean {
  return !/\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name);
}

/** Looks as a window does that was just opened. */
async function opened({ policyFile, lookFolder }: Kept, changes: Partial<AssessInput> = {}) {
  forgetLook(policyFile);
  const said: string[] = [];
  const reply = await assess(
    {
      ...{ policyFile, run: undefined, trust: 'trusted', git: 'may have changed', shown: undefined },
      ...{ reading: { kind: 'whole' }, ...changes },
    },
    {
      ...{ signal: new AbortController().signal, surroundings: {}, lookFolder },
      reportProgress: ({ message }) => said.push(message),
    },
  );
  assert.ok(reply.ok && reply.value.assessed !== undefined && reply.value.assessed !== 'as shown');
  const how = said.some((message) => message.startsWith('Hashing')) ? 'evaluated' : 'restored';
  return { how, shown: reply.value.assessed, look: newestLook(policyFile) };
}

/** Changes a file's content and neither its size nor its times. */
function rewrite(file: string, from: string, to: string): void {
  const { atime, mtime } = statSync(file);
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
  utimesSync(file, atime, mtime);
}

test('a folder that is opened again shows what was found when nothing has changed', async () => {
  const project = await projectWithStoredLook();
  const first = (await opened(project, { reading: { kind: 'anew' } })).shown;
  const again = await opened(project);
  assert.equal(again.how, 'restored');
  assert.deepEqual(again.shown, first);
  // What the views ask afterwards is answered as after an evaluation.
  assert.equal(again.look?.assessed.run.id, 'run1');
  assert.equal(again.look?.assessed.positions.has(['checks', 'auc']), true);
  assert.ok((again.look?.plots.length ?? 0) > 0);
});

const CHANGES: Readonly<Record<string, (project: Project) => void>> = {
  'a table, with the size and times that it had': ({ folder }) =>
    rewrite(join(folder, 'holdout.csv'), '1,0.9,1', '0,0.9,1'),
  'the model, with the size and times that it had': ({ folder }) => rewrite(join(folder, MODEL), 'flavors', 'flavorz'),
  'a file that came to the model': ({ write }) => write(MODEL.replace('MLmodel', 'extra.bin'), 'x'),
  'the policy': ({ folder }) => rewrite(join(folder, 'signoff.yaml'), 'min: 0.5', 'min: 0.6'),
  'what the run logged': (project) =>
    project.addRun({ id: 'run2', name: 'challenger', models: [], start: 5, end: 6, metrics: { loss: [1] } }),
};

for (const [what, change] of Object.entries(CHANGES)) {
  test(`everything is evaluated when a folder is opened after a change of ${what}`, async () => {
    const project = await projectWithStoredLook();
    change(project);
    assert.equal((await opened(project)).how, 'evaluated');
  });
}

test('what was stored by halves, or by nobody knows whom, is not shown', async () => {
  const breakings: readonly ((content: Buffer) => Buffer)[] = [
    (content) => content.subarray(0, 100),
    () => Buffer.from('look'),
    (content) => Buffer.concat([content.subarray(0, -1), Buffer.from([(content.at(-1) ?? 0) ^ 1])]),
  ];
  for (const broken of breakings) {
    const project = await projectWithStoredLook();
    const [name = ''] = readdirSync(project.lookFolder);
    const file = join(project.lookFolder, name);
    writeFileSync(file, broken(readFileSync(file)));
    assert.equal((await opened(project)).how, 'evaluated');
  }
});

test('who looks at everything anew has everything evaluated', async () => {
  const project = await projectWithStoredLook();
  assert.equal((await opened(project, { reading: { kind: 'anew' } })).how, 'evaluated');
});

test('what compares with the model that is approved is never kept, since git may say something else', async () => {
  const project = await projectWithStoredLook({
    checks: 'auc: { check: metric, metric: roc_auc, dataset: holdout, against: production, max_drop: 0.1 }',
  });
  assert.deepEqual(readdirSync(project.lookFolder), []);
  assert.equal((await opened(project)).how, 'evaluated');
});
