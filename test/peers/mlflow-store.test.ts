import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openRunSource } from '../../src/runs/open-run-source.ts';
import type { Run } from '../../src/runs/run.ts';
import { runPython, unlessPython } from './python.ts';

const sample = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'examples', 'credit-risk');
const scratch = mkdtempSync(join(tmpdir(), 'signoff-mlflow-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

/** Makes a store with what readers get wrong: NaN, infinity, nested names, steps out of order, deleted runs, data sets. */
const MAKE_STORE = `
import json, math, os, sys
os.chdir(json.load(sys.stdin))
import mlflow, pandas as pd
from mlflow.entities import Metric, LoggedModelStatus
mlflow.set_tracking_uri('sqlite:///mlflow.db')
mlflow.set_experiment('odd values')
with mlflow.start_run(run_name='odd'):
    for name, value in {'nan': math.nan, 'inf': math.inf, '-inf': -math.inf, 'a/nested/name': 0.1, 'zero': -0.0, 'large': 1e300}.items():
        mlflow.log_metric(name, value)
    for step in [5, 1, 3, -2]: mlflow.log_metric('steps', step / 7, step=step)
    client = mlflow.MlflowClient()
    run = mlflow.active_run().info.run_id
    client.log_batch(run, metrics=[Metric('tied', v, 1000 + i % 3, i % 2) for i, v in enumerate([3.0, math.nan, 1.0, math.inf, 2.0, -1.0])])
    client.log_batch(run, metrics=[Metric('many', math.sin(i), 1000 + i, i) for i in range(1000)])
    mlflow.log_param('long', 'x' * 5000)
    mlflow.log_param('empty', '')
    mlflow.set_tag('note', 'naïve 模型\\n"quoted"')
    data = pd.DataFrame({'a': [1.0]})
    mlflow.log_input(mlflow.data.from_pandas(data, name='train'), context='training')
    mlflow.log_input(mlflow.data.from_pandas(data, name='without context'))
    mlflow.initialize_logged_model(name='pending')
    ready = mlflow.initialize_logged_model(name='ready')
    mlflow.finalize_logged_model(ready.model_id, LoggedModelStatus.READY)
with mlflow.start_run(run_name='deleted') as deleted: pass
mlflow.delete_run(deleted.info.run_id)
try:
    with mlflow.start_run(run_name='failed'): raise ValueError()
except ValueError: pass
gone = mlflow.create_experiment('gone')
with mlflow.start_run(experiment_id=gone): pass
mlflow.delete_experiment(gone)
print('true')
`;

/** MLflow's client gives the largest double where infinity was logged; that is the one stated difference. */
const MLFLOW = `
import json, math, sys
from mlflow import MlflowClient
c = MlflowClient(tracking_uri=json.load(sys.stdin))
LARGEST = sys.float_info.max
clean = lambda v: 'nan' if math.isnan(v) else 'inf' if v >= LARGEST else '-inf' if v <= -LARGEST else v
runs = []
for e in c.search_experiments():
    for r in c.search_runs([e.experiment_id]):
        i = r.info
        models = [m for m in c.search_logged_models([e.experiment_id]) if m.source_run_id == i.run_id]
        runs.append({
            'id': i.run_id, 'name': i.run_name, 'experiment': e.name, 'status': i.status.lower(), 'user': i.user_id,
            'startTime': i.start_time, 'endTime': i.end_time,
            'params': r.data.params, 'tags': r.data.tags,
            'metrics': {k: clean(v) for k, v in r.data.metrics.items()},
            'history': {k: sorted([[p.step, p.timestamp, clean(p.value)] for p in c.get_metric_history(i.run_id, k)], key=str) for k in r.data.metrics},
            'inputs': sorted([[d.dataset.name, d.dataset.digest, next((t.value for t in d.tags if t.key == 'mlflow.data.context'), None)] for d in r.inputs.dataset_inputs], key=str),
            'models': sorted([[m.model_id, m.name, m.status.value.lower()] for m in models]),
        })
print(json.dumps(runs))
`;

function comparable(run: Run) {
  const number = (value: number) =>
    Number.isFinite(value) ? value : Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  return {
    ...{ id: run.id, name: run.name, experiment: run.experiment, status: run.status, user: run.user },
    ...{ startTime: run.startTime, endTime: run.endTime },
    params: Object.fromEntries(run.params),
    tags: Object.fromEntries(run.tags),
    metrics: Object.fromEntries([...run.metrics].map(([name, { value }]) => [name, number(value)])),
    history: Object.fromEntries(
      [...run.history].map(([name, points]) => [
        name,
        sortedAsText(points.map(({ step, timestamp, value }) => [step, timestamp, number(value)])),
      ]),
    ),
    inputs: sortedAsText(run.inputs.map(({ name, digest, context }) => [name, digest, context ?? null])),
    models: sortedAsText(run.models.map(({ id, name, status }) => [id, name, status])),
  };
}

function sortedAsText<Row>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

async function assertReadsAsMlflow(folder: string): Promise<void> {
  const opened = await openRunSource({ mlflow: 'mlflow.db' }, folder);
  assert.ok(opened.ok, JSON.stringify(opened));
  const { value: listed, problems } = await opened.value.list();
  assert.deepEqual(problems, []);
  const ours = [];
  for (const { id } of listed ?? []) {
    const run = await opened.value.load(id);
    assert.ok(run.ok);
    ours.push(comparable(run.value));
  }
  opened.value.close();
  const theirs = runPython(MLFLOW, `sqlite:///${join(folder, 'mlflow.db')}`) as ReturnType<typeof comparable>[];
  const byId = (runs: readonly ReturnType<typeof comparable>[]) =>
    runs
      .map((run) => ({
        ...run,
        history: Object.fromEntries(Object.entries(run.history).map(([name, points]) => [name, sortedAsText(points)])),
      }))
      .map((run) => ({ ...run, inputs: sortedAsText(run.inputs), models: sortedAsText(run.models) }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  assert.ok(theirs.length > 0);
  assert.deepEqual(byId(ours), byId(theirs));
}

test('the sample’s store reads as MLflow’s own client reads it', unlessPython, async () => {
  // A newer MLflow would change the schema of the store that it opens.
  copyFileSync(join(sample, 'mlflow.db'), join(scratch, 'mlflow.db'));
  await assertReadsAsMlflow(scratch);
});

test('a store of odd values that MLflow just made reads as MLflow’s own client reads it', unlessPython, async () => {
  const folder = mkdtempSync(join(scratch, 'odd-'));
  runPython(MAKE_STORE, folder);
  await assertReadsAsMlflow(folder);
});
