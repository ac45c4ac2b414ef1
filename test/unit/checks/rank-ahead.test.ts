import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { datasetTables, type TablesInput } from '../../../src/checks/dataset-tables.ts';
import { rankInThread } from '../../../src/checks/rows/rank-thread.ts';
import { scoresToRank, scoreTable } from '../../../src/metrics/score-table.ts';
import type { Dataset, MetricCheck } from '../../../src/policy/schema.ts';
import { memoryContext } from './support/memory-context.ts';

const folder = mkdtempSync(join(tmpdir(), 'signoff-rank-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const SCORES = Float64Array.of(0.2, 0.5, 0.5, 0, 0.9, 0.7, 0.2, 1);
const LABELS = Uint8Array.of(0, 1, 0, 0, 1, 1, 1, 0);
const CHECK: MetricCheck = { check: 'metric', metric: 'roc_auc', dataset: 'rows', min: 0 };

function tablesOf(dataset: Partial<Dataset>, input: Partial<TablesInput>) {
  const lines = Array.from(SCORES, (p, row) => JSON.stringify({ y: LABELS[row], p, logit: p - 0.5, w: row }));
  writeFileSync(join(folder, 'rows.ndjson'), lines.join('\n'));
  const { policy, ...context } = memoryContext('binary', {});
  const rows: Dataset = { path: 'rows.ndjson', label: 'y', score: 'p', ...dataset };
  return datasetTables({
    ...{ ...context, policy: { ...policy, datasets: { rows }, checks: { auc: CHECK } }, policyFolder: folder },
    ...input,
  });
}

const DATASETS: Readonly<Record<string, Partial<Dataset>>> = {
  'of probabilities': {},
  'of both signs': { score: 'logit' },
  'with weights': { weight: 'w' },
};

for (const [what, dataset] of Object.entries(DATASETS)) {
  test(`scores ${what} that another thread has sorted are as those sorted here`, async () => {
    const elsewhere = tablesOf(dataset, { rankAheadFrom: 1 });
    const loaded = await elsewhere.load('rows');
    assert.ok(loaded.ok && loaded.value.ranked);
    await elsewhere.ranked(CHECK);
    const here = await tablesOf(dataset, {}).load('rows');
    assert.ok(here.ok && here.value.ranked === undefined);
    assert.deepEqual(loaded.value.rows.binary.scoreTable(), here.value.rows.binary.scoreTable());
  });
}

test('whoever does not wait gets the score table all the same', async () => {
  const loaded = await tablesOf({}, { rankAheadFrom: 1 }).load('rows');
  assert.ok(loaded.ok);
  const table = loaded.value.rows.binary.scoreTable();
  assert.deepEqual(table.ok && table.value, scoreTable(SCORES, LABELS));
  await loaded.value.ranked;
});

test('scores that can’t be ranked are left to the check to say so', async () => {
  const tables = tablesOf({ score: 'nowhere' }, { rankAheadFrom: 1 });
  await tables.ranked(CHECK);
  const loaded = await tables.load('rows');
  assert.ok(loaded.ok);
  assert.match(JSON.stringify(loaded.value.rows.binary.scoreTable()), /no column “nowhere”/);
});

test('a thread that ranks ends when it is told to', async () => {
  const controller = new AbortController();
  const ranking = rankInThread(() => scoresToRank(SCORES, LABELS), controller.signal);
  controller.abort();
  await assert.rejects(ranking, { name: 'AbortError' });
});

test('nothing is left running where the scores can’t be copied', async () => {
  const ranking = rankInThread(() => {
    throw new RangeError('Array buffer allocation failed');
  });
  await assert.rejects(ranking, /allocation failed/);
});
