import assert from 'node:assert/strict';
import { readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type AssessInput, type AssessReply, assess } from '../../../src/extension/engine/assess.ts';
import type { OperationContext } from '../../../src/extension/engine/operation-context.ts';
import { makeProject, type Project, TABLE } from '../checks/project.ts';

const CHECKS = { checks: 'auc: { check: metric, metric: roc_auc, dataset: holdout, min: 0.5 }' };

async function looker(project: Project): Promise<(changes?: Partial<AssessInput>) => Promise<AssessReply>> {
  await project.load(CHECKS);
  // What was written a moment ago may be written again without its time telling.
  for (const name of ['holdout.csv', 'signoff.yaml']) utimesSync(join(project.folder, name), 1, 1);
  const context: OperationContext = {
    signal: new AbortController().signal,
    reportProgress: () => {},
    surroundings: {},
  };
  return async (changes = {}) => {
    const { policyFile } = project;
    const usual = { policyFile, run: undefined, trust: 'trusted', git: 'same', shown: undefined } as const;
    const reply = await assess({ ...usual, reading: { kind: 'whole' }, ...changes }, context);
    assert.ok(reply.ok);
    return reply.value;
  };
}

function shownBy({ assessed }: AssessReply): Exclude<AssessReply['assessed'], 'as shown' | undefined> {
  assert.ok(assessed !== undefined && assessed !== 'as shown', JSON.stringify(assessed));
  return assessed;
}

describe('a look after a change in the store', () => {
  const project = makeProject({ start: 1, end: 2 });
  const { databaseFile } = project;
  const reading = { kind: 'changes', paths: [databaseFile] } as const;
  const tableOf = (id: string): string => join(project.folder, `mlruns/1/${id}/artifacts/eval/predictions.csv`);

  test('finds that the assessment still holds when only another run was written', async () => {
    const look = await looker(project);
    const shown = shownBy(await look()).digest;
    project.addRun({ id: 'other', name: 'training', status: 'RUNNING', start: 5, end: null, metrics: { loss: [1] } });
    const reply = await look({ reading, shown });
    assert.equal(reply.assessed, 'as shown');
    assert.deepEqual(
      reply.runs.map(({ name, status }) => [name, status]),
      [
        ['training', 'running'],
        ['champion', 'finished'],
      ],
    );
    assert.equal('metrics' in (reply.runs[0] ?? {}), false);
    // And again, from what was remembered.
    assert.equal((await look({ reading, shown })).assessed, 'as shown');
  });

  test('evaluates anew when somebody looks at everything, or shows something else', async () => {
    const look = await looker(project);
    const shown = shownBy(await look()).digest;
    shownBy(await look({ shown }));
    shownBy(await look({ reading, shown: 'f'.repeat(64) }));
    shownBy(await look({ reading }));
  });

  test('evaluates anew when the assessed run itself changed, by as little as a tag', async () => {
    const look = await looker(project);
    const shown = shownBy(await look()).digest;
    project.database.prepare('INSERT INTO tags (key, value, run_uuid) VALUES (?, ?, ?)').run('note', 'x', 'run1');
    shownBy(await look({ reading, shown }));
  });

  test('evaluates anew when a table or the policy changed', async () => {
    const look = await looker(project);
    const shown = shownBy(await look()).digest;
    const table = databaseFile.replace('mlflow.db', 'holdout.csv');
    shownBy(await look({ reading: { kind: 'changes', paths: [table] }, shown }));
    await project.load({ checks: CHECKS.checks.replace('0.5', '0.6') });
    const again = shownBy(await look({ reading, shown }));
    assert.notEqual(again.digest, shown);
  });

  test('follows the runs that it compares with, and what git says is approved', async () => {
    project.addRun({ id: 'older', name: 'older', start: 0, end: 1, metrics: { auc: [0.7] } });
    project.write('mlruns/1/older/artifacts/eval/predictions.csv', TABLE);
    const look = await looker(project);
    const dataset = 'holdout: { path: "run:eval/predictions.csv", label: label, score: score }';
    const check = 'auc: { check: metric, metric: roc_auc, dataset: holdout, against: "run:older", max_drop: 0.5 }';
    await project.load({ datasets: dataset, checks: check });
    for (const id of ['run1', 'older']) utimesSync(tableOf(id), 1, 1);
    const shown = shownBy(await look()).digest;
    assert.equal((await look({ reading, shown })).assessed, 'as shown');
    shownBy(await look({ reading, shown, git: 'may have changed' }));
    utimesSync(tableOf('older'), 2, 2);
    shownBy(await look({ reading, shown }));
    project.database.prepare("UPDATE runs SET name = 'renamed' WHERE run_uuid = 'older'").run();
    shownBy(await look({ reading, shown }));
    await project.load(CHECKS);
  });

  test('evaluates anew while a file is missing that may have come', async () => {
    const look = await looker(project);
    await project.load({ ...CHECKS, datasets: 'holdout: { path: late.csv, label: label, score: score }' });
    const waiting = shownBy(await look());
    assert.equal(waiting.assessment.outcomes[0]?.status, 'not_evaluable');
    project.write('late.csv', TABLE);
    const now = shownBy(await look({ reading, shown: waiting.digest }));
    assert.equal(now.assessment.outcomes[0]?.status, 'pass');
    await project.load(CHECKS);
  });

  test('shows the newest finished run when another one finished', async () => {
    const look = await looker(project);
    const shown = shownBy(await look()).digest;
    project.database.prepare("UPDATE runs SET status = 'FINISHED', end_time = 9 WHERE run_uuid = 'other'").run();
    const now = shownBy(await look({ reading, shown }));
    assert.equal(now.assessment.run.id, 'other');
  });
});

describe('an untrusted folder', () => {
  test('is checked without git, and its policy can have no server asked', async () => {
    const project = makeProject();
    const look = await looker(project);
    const checked = shownBy(await look({ trust: 'untrusted' }));
    assert.equal(checked.assessment.outcomes[0]?.status, 'pass');
    const text = 'version: 1\nproject: p\nmodel: m\ntask: binary\nrun: { mlflow: "http://127.0.0.1:9" }\n';
    project.write(
      'signoff.yaml',
      `${text}datasets: {}\nchecks:\n  a: { check: attestation, text: "It is so" }\nsignoff:\n  roles: { risk: [b@x.example] }\n  environments: { production: { require: { risk: 1 } } }\n`,
    );
    const reply = await look({ trust: 'untrusted' });
    assert.deepEqual(
      reply.policyProblems.filter(({ severity }) => severity === 'error'),
      [],
    );
    assert.equal(reply.obstacle?.code, 'network-untrusted');
    assert.deepEqual(reply.watched, []);
  });
});

describe('a store that is not there', () => {
  test('is watched for, so that training which begins is noticed', async () => {
    const project = makeProject();
    const look = await looker(project);
    const text = readFileSync(project.policyFile, 'utf8');
    project.write('signoff.yaml', text.replace('mlflow.db', 'later.db'));
    const reply = await look();
    assert.equal(reply.obstacle?.code, 'run-source-missing');
    assert.deepEqual(reply.watched, [project.databaseFile.replace('mlflow.db', 'later.db')]);
    // Another kind of source in the policy is followed without anything being started anew.
    project.write('signoff.yaml', text);
    shownBy(await look({ reading: { kind: 'changes', paths: [] } }));
  });
});
