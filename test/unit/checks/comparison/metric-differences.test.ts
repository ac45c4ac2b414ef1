import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { metricDifferences } from '../../../../src/checks/comparison/metric-differences.ts';
import type { MetricCheck, Policy } from '../../../../src/policy/schema.ts';
import type { Run } from '../../../../src/runs/run.ts';
import { approvedIn, csv, outcomeOf, ROWS } from '../support/assess-rows.ts';

/** 200 rows; the model is right on all but every `wrongEvery`th. */
function table(wrongEvery: number): string {
  const rows = Array.from({ length: 200 }, (_, row) => {
    const label = row % 2;
    const score = (row % wrongEvery === 0 ? 1 - label : label) * 0.6 + 0.2 + (row % 7) / 100;
    return [label, score.toFixed(4), `id${row}`, row % 3 === 0 ? 'a' : 'b'];
  });
  return csv(['y', 'p', 'id', 'g'], rows);
}
const CANDIDATE = table(10);
const APPROVED = table(20);
const dataset = { ...ROWS, path: 'run:rows.csv', key: 'id', groups: { g: {} } };

describe('the differences of two runs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'model-signoff-differences-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  function run(id: string, text: string): Run {
    const artifactFolder = join(folder, id);
    mkdirSync(artifactFolder, { recursive: true });
    writeFileSync(join(artifactFolder, 'rows.csv'), text);
    return {
      ...{ id, name: id, experiment: 'e', status: 'finished', user: undefined, startTime: 0, endTime: 0 },
      ...{ metrics: new Map(), params: new Map(), tags: new Map(), history: new Map() },
      ...{ inputs: [], models: [], registered: [], artifactFolder },
    };
  }

  const between = (check: Partial<MetricCheck>, path = dataset.path) =>
    metricDifferences({
      policy: {
        ...{ version: 1, project: 'p', model: 'm', task: 'binary', run: { mlflow: 'mlruns' } },
        datasets: { holdout: { ...dataset, path } },
        checks: { it: { check: 'metric', metric: 'accuracy', dataset: 'holdout', ...check } as MetricCheck },
        signoff: { roles: {}, environments: {} },
      } satisfies Policy,
      policyFolder: folder,
      first: run('new', CANDIDATE),
      second: run('old', APPROVED),
      ...{ signal: undefined, reportProgress: undefined },
    });

  for (const metric of ['accuracy', 'roc_auc', 'log_loss', 'false_positive_rate'] as const) {
    test(`of ${metric} are what “against” finds, whatever else the check bounds`, async () => {
      const found = (await between({ metric, min: 0.1, max: 0.9 })).get('it')?.differences;
      const outcome = await outcomeOf(
        {
          ...{ check: 'metric', metric, dataset: 'holdout', against: 'production', confidence: 0.95, max_drop: 1 },
        } as MetricCheck,
        {
          datasets: { holdout: dataset },
          run: { files: { 'rows.csv': CANDIDATE } },
          others: { old: { files: { 'rows.csv': APPROVED } } },
          baselines: approvedIn('old'),
        },
      );
      assert.equal(found?.length, 1);
      assert.deepEqual(
        [found[0]?.drop, found[0]?.interval, found[0]?.pair],
        [outcome.value, outcome.interval, 'paired'],
      );
      assert.ok((found[0]?.drop ?? 0) > 0, 'the candidate is worse');
    });
  }

  test('are told group by group', async () => {
    const found = (await between({ by: 'g' })).get('it')?.differences;
    assert.deepEqual(
      found?.map(({ name }) => name),
      ['a', 'b'],
    );
  });

  test('are not told where a table is not each run’s own, and the reason is', async () => {
    const found = (await between({}, 'rows.csv')).get('it');
    assert.deepEqual(found?.differences, []);
    assert.match(found.problems.join(), /must start with `run:`/);
  });
});
