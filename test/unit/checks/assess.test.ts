import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sha256Hex } from '../../../src/base/hashing.ts';
import { assess } from '../../../src/checks/assess.ts';
import { loadAndAssess } from '../../../src/checks/load-and-assess.ts';
import { assessmentBytes } from '../../../src/checks/serialise.ts';
import { assessedOf, makeProject } from './project.ts';

const project = makeProject({ metrics: { loss: [0.2] } });
const LOSS = '{ check: metric, logged: loss, max: 0.3 }';

test('an assessment says what was checked, on which run, by which policy', async () => {
  const { assessment, bytes, policyBytes, run, modelFiles, problems } = assessedOf(
    await project.load({ checks: `loss: ${LOSS}\ndpia: { check: attestation, text: Done., role: risk }` }),
  );
  assert.equal(assessment.schema, 'urn:model-signoff:assessment:v1');
  assert.deepEqual(assessment.run, { id: 'run1', name: 'champion', source: 'mlflow.db' });
  assert.deepEqual(assessment.policy, { path: 'signoff.yaml', sha256: sha256Hex(policyBytes) });
  assert.deepEqual(assessment.summary, { ok: false, counts: { pass: 1, pending: 1 } });
  assert.equal(assessment.model_id, modelFiles?.modelId);
  assert.equal(assessment.baseline, null);
  assert.deepEqual(
    assessment.outcomes.map(({ id, check, severity, source }) => [id, check, severity, source]),
    [
      ['loss', 'metric', 'required', { line: 9, column: 3 }],
      ['dpia', 'attestation', 'required', { line: 10, column: 3 }],
    ],
  );
  assert.equal(assessment.outcomes[1]?.message, 'Somebody in the role “risk” has to confirm this when signing: Done.');
  assert.deepEqual([run.id, problems], ['run1', []]);
  assert.equal(new TextDecoder().decode(bytes).at(-1), '\n');
});

test('the same inputs give the same bytes, wherever the project lies', async () => {
  const checks = `auc: { check: metric, metric: roc_auc, dataset: holdout, min: 0.5 }\nloss: ${LOSS}`;
  const first = assessedOf(await project.load({ checks }));
  const copy = mkdtempSync(join(tmpdir(), 'signoff-copy-'));
  cpSync(project.folder, copy, { recursive: true });
  const second = assessedOf(await loadAndAssess({ policyFile: join(copy, 'signoff.yaml') }));
  rmSync(copy, { recursive: true });
  assert.deepEqual(second.bytes, first.bytes);
  assert.deepEqual(first.bytes, assessmentBytes(first.assessment));
});

test('a check that does not apply says why, and is ok', async () => {
  const outcome = await project.outcomeOf(
    '{ check: metric, logged: absent, min: 1, not_applicable: No such thing here. }',
  );
  assert.deepEqual([outcome.status, outcome.message, outcome.value], ['not_applicable', 'No such thing here.', null]);
});

test('advisory checks never block, and nothing evaluated is never ok', async () => {
  const summaryOf = async (checks: string) => (await project.assess({ checks })).summary;
  const failing = '{ check: metric, logged: loss, max: 0.1, severity: advisory }';
  assert.deepEqual(await summaryOf(`a: ${LOSS}\nb: ${failing}`), { ok: true, counts: { pass: 1, fail: 1 } });
  assert.equal((await summaryOf(`a: ${failing}`)).ok, false);
  assert.equal((await summaryOf('a: { check: metric, logged: loss, max: 1, not_applicable: No. }')).ok, false);
  assert.equal((await summaryOf(`a: ${LOSS}\nb: { check: attestation, text: Done. }`)).ok, false);
});

test('counts stand in a fixed order', async () => {
  const { summary } = await project.assess({
    checks: `a: { check: attestation, text: Done. }\nb: { check: metric, logged: x, max: 1 }\nc: ${LOSS}`,
  });
  assert.deepEqual(Object.keys(summary.counts), ['pass', 'not_evaluable', 'pending']);
});

test('whatever throws inside a check is not evaluable', async () => {
  const loaded = assessedOf(await project.load({ checks: `loss: ${LOSS}` }));
  const metrics = new Map() as typeof loaded.run.metrics;
  const run = {
    ...loaded.run,
    metrics,
    get history(): never {
      throw new Error('the disk is on fire');
    },
  };
  const { assessment } = await assess({ ...loaded, run });
  assert.deepEqual(
    assessment.outcomes.map(({ status, message }) => [status, message]),
    [['not_evaluable', 'The check can’t be evaluated: the disk is on fire.']],
  );
});

test('an aborted assessment throws the reason', async () => {
  await project.load({ checks: `loss: ${LOSS}` });
  const reason = new Error('enough');
  await assert.rejects(loadAndAssess({ policyFile: project.policyFile, signal: AbortSignal.abort(reason) }), reason);
  const controller = new AbortController();
  await assert.rejects(
    loadAndAssess({
      policyFile: project.policyFile,
      signal: controller.signal,
      reportProgress: () => controller.abort(reason),
    }),
    reason,
  );
});

test('a run without model files can be checked, and says that they are missing', async () => {
  const bare = makeProject({ metrics: { loss: [0.2] }, models: [], status: 'RUNNING' });
  bare.write('signoff.yaml', '');
  await bare.load({ checks: `loss: ${LOSS}` });
  const { assessment, modelFiles, problems } = assessedOf(
    await loadAndAssess({ policyFile: bare.policyFile, runId: 'run1' }),
  );
  assert.deepEqual([assessment.model_id, modelFiles], [null, undefined]);
  assert.deepEqual(
    problems.map(({ code, severity }) => [code, severity]),
    [
      ['run-not-finished', 'warning'],
      ['artifact-missing', 'warning'],
    ],
  );
});

test('a question that can’t be asked is one problem, with its place', async () => {
  const failureOf = async (parts: Parameters<typeof project.load>[0]) => {
    const loaded = await project.load(parts);
    assert.ok(!loaded.ok);
    return loaded;
  };
  const wrong = await failureOf({ checks: 'a: { check: metrik }\nb: { check: metric, logged: x, mim: 1 }' });
  assert.equal(wrong.problem.file, 'signoff.yaml');
  assert.equal(wrong.problem.range?.line, 9);
  assert.match(wrong.problem.message, /more error/);
  assert.ok(wrong.problems.length >= 2);

  const noRun = await loadAndAssess({ policyFile: project.policyFile.replace('signoff.yaml', 'absent.yaml') });
  assert.match(noRun.ok ? '' : noRun.problem.message, /There is no policy “absent\.yaml”/);
  await project.load({ checks: `loss: ${LOSS}` });
  const other = await loadAndAssess({ policyFile: project.policyFile, runId: 'nope' });
  assert.match(other.ok ? '' : other.problem.message, /no run “nope” in “mlflow\.db”/);
  assert.equal(other.ok ? 0 : other.problem.range?.line, 5);
  writeFileSync(project.policyFile, Uint8Array.of(0xff));
  const notText = await loadAndAssess({ policyFile: project.policyFile });
  assert.match(notText.ok ? '' : notText.problem.message, /not UTF-8/);

  const unfinished = await makeProject({ status: 'FAILED' }).load({ checks: `loss: ${LOSS}` });
  assert.match(
    unfinished.ok ? '' : unfinished.problem.message,
    /no finished run in “mlflow\.db”; 1 run there did not finish/,
  );
});

test('only who brings digests along is believed; without them every file is read anew', async () => {
  const looked = makeProject();
  const checks = 'auc: { check: metric, metric: roc_auc, dataset: holdout, min: 0.5 }';
  const fresh = assessedOf(await looked.load({ checks }));
  const digestCache = { find: () => 'f'.repeat(64), remember: () => undefined };
  const { policyFile } = looked;
  const cached = assessedOf(await loadAndAssess({ policyFile, digestCache }));
  const digestsIn = ({ modelFiles, assessment }: typeof fresh): unknown[] => [
    ...(modelFiles?.files ?? []).map(({ sha256 }) => sha256),
    ...assessment.outcomes.flatMap(({ evidence }) => evidence.map((file) => file.sha256)),
  ];
  assert.deepEqual(digestsIn(cached), ['f'.repeat(64), 'f'.repeat(64)]);
  const again = assessedOf(await loadAndAssess({ policyFile }));
  assert.deepEqual(digestsIn(again), digestsIn(fresh));
  assert.ok(!digestsIn(again).includes('f'.repeat(64)));
});

test('names of model files that macOS or Windows would make one are said', async () => {
  const alike = makeProject();
  for (const name of ['vocab.txt', 'Vocab.txt']) alike.write(`mlruns/1/models/m-model-run1/artifacts/${name}`, name);
  const { problems } = assessedOf(await alike.load({ checks: LOSS.replace('{', 'loss: {') }));
  assert.deepEqual(
    problems.map(({ code, severity }) => [code, severity]),
    [['model-names-alike', 'warning']],
  );
  assert.match(problems[0]?.message ?? '', /^The model’s files “Vocab\.txt” and “vocab\.txt” are one file where/);
});
