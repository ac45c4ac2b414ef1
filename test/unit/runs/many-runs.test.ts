import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { comparePoints } from '../../../src/runs/metric-values.ts';
import { addLatestOfEasyLines } from '../../../src/runs/mlflow-files/easy-metric-lines.ts';
import type { KnownRun } from '../../../src/runs/mlflow-files/known-run.ts';
import { readMetricLines } from '../../../src/runs/mlflow-files/metric-lines.ts';
import { PlainPoints } from '../../../src/runs/mlflow-files/plain-points.ts';
import { readRuns } from '../../../src/runs/mlflow-files/read-runs.ts';
import { newSharing } from '../../../src/runs/mlflow-files/sharing.ts';
import type { MetricPoint } from '../../../src/runs/run.ts';
import { type FileStore, makeFileStore } from './file-store.ts';

const experiment = { folder: '1', name: 'first' };

async function readAll(
  store: FileStore,
  ids: readonly string[],
  threads: number,
  signal?: AbortSignal,
): Promise<KnownRun[]> {
  const found: KnownRun[] = [];
  const runs = ids.map((id) => ({ experiment, id, extent: 'with metrics' as const }));
  await readRuns({ absolute: store.folder, shown: 'mlruns' }, runs, {
    sharing: newSharing(),
    keep: (index, run) => {
      assert.equal(found[index], undefined, 'each run is given once');
      found[index] = run;
    },
    threads: { most: threads, fromRuns: 1 },
    signal,
  });
  return found;
}

/** Without the time of reading, and with maps of one kind. */
function plain({ readAt: _, summary, metrics, ...rest }: KnownRun): unknown {
  const metricsOf = (map: ReadonlyMap<string, MetricPoint>) => [...map];
  return {
    ...rest,
    summary: summary && { ...summary, metrics: metricsOf(summary.metrics) },
    metrics: { ...metrics, metrics: metricsOf(metrics.metrics) },
  };
}

test('several threads read what one reads, odd runs included', async () => {
  const store = makeFileStore();
  const ids = Array.from({ length: 400 }, (_, index) => `run-${index}`);
  for (const [index, id] of ids.entries()) {
    const odd: Record<string, Record<string, string>> = {
      3: { 'val/loss': '1 0.5 1\n' },
      5: { nan: '1 nan 0\n', inf: '1 -inf 0\n' },
      7: { broken: 'x' },
      11: { dataset: '1000 0.5 3 test_set a1b2c3d4\n' },
      13: {},
      17: { empty: '' },
    };
    const meta: Record<string, Record<string, string | null>> = {
      2: { lifecycle_stage: 'deleted' },
      4: { status: 'NONSENSE' },
      6: { run_name: null },
    };
    store.addRun({
      id,
      metrics: odd[index % 20] ?? { a: `1 ${index / 7} ${index}\n2 1e-7 ${index}\n`, b: '5 -0.5 0\n' },
      meta: meta[index % 20] ?? {},
      tags: { 'mlflow.runName': `tag of ${id}` },
    });
  }
  if (process.platform !== 'win32') execFileSync('mkfifo', [store.path('1/run-0/metrics/pipe')]);
  const alone = await readAll(store, ids, 1);
  const together = await readAll(store, ids, 3);
  assert.equal(together.length, ids.length);
  assert.deepEqual(together.map(plain), alone.map(plain));
  assert.deepEqual(alone[6]?.summary?.name, 'tag of run-6');
  assert.ok(alone.some(({ metrics }) => metrics.metrics instanceof PlainPoints));
  assert.ok(alone.some(({ problems }) => problems.length > 0));
});

test('threads end when the reading is interrupted', async () => {
  const store = makeFileStore();
  const ids = Array.from({ length: 300 }, (_, index) => `run-${index}`);
  for (const id of ids) store.addRun({ id, metrics: { a: '1 1 1\n' } });
  await assert.rejects(readAll(store, ids, 2, AbortSignal.abort()), { name: 'AbortError' });
});

test('the fast way of reading a metric’s lines gives what the thorough one gives, or nothing', () => {
  const whole = fc.oneof(
    fc.integer({ min: -3, max: 30 }).map(String),
    fc.constantFrom('007', '-0', '1'.repeat(17), ''),
  );
  const value = fc.oneof(
    { weight: 9, arbitrary: fc.double({ noDefaultInfinity: true, noNaN: true }).map(String) },
    fc.constantFrom('1e5', '1E-05', '1.', '.5', '+1', 'nan', 'inf', '1e', '--1', '0x1', '1_0', '9'.repeat(45), '1e999'),
  );
  const line = fc
    .tuple(whole, value, whole, fc.constantFrom(...Array(9).fill(''), ' extra', '\r', ' set d1'))
    .map(([time, number, step, end]) => `${time} ${number} ${step}${end}`);
  let easy = 0;
  fc.assert(
    fc.property(fc.array(line, { maxLength: 5 }), fc.constantFrom('\n', '\n', ''), (lines, end) => {
      const text = lines.join('\n') + end;
      const bytes = Buffer.concat([Buffer.from(text, 'latin1'), Buffer.from('9 9\n1 1 1\n')]);
      const numbers: number[] = [];
      if (addLatestOfEasyLines(bytes, text.length, numbers) === 'not easy') {
        assert.deepEqual(numbers, []);
        return;
      }
      easy += 1;
      let latest: MetricPoint | undefined;
      const mistake = readMetricLines(text, (point) => {
        if (latest === undefined || comparePoints(latest, point) <= 0) latest = point;
      });
      assert.equal(mistake, undefined);
      assert.deepEqual(numbers, [latest?.step, latest?.timestamp, latest?.value]);
    }),
    { numRuns: 2000 },
  );
  assert.ok(easy > 100, `only ${easy} were easy`);
});

test('plain points behave as a map of points', () => {
  const points = new PlainPoints(['a', 'b'], [1, 2, 0.5, 3, 4, Number.NaN]);
  const map = new Map([
    ['a', { step: 1, timestamp: 2, value: 0.5 }],
    ['b', { step: 3, timestamp: 4, value: Number.NaN }],
  ]);
  const seen: unknown[] = [];
  points.forEach((point, name) => {
    seen.push([name, point]);
  });
  assert.deepEqual(seen, [...map]);
  assert.deepEqual(new Map(points), map);
  assert.deepEqual([[...points.keys()], [...points.values()], points.size], [[...map.keys()], [...map.values()], 2]);
  assert.deepEqual(
    [points.get('b'), points.get('c'), points.has('a'), points.has('c')],
    [map.get('b'), undefined, true, false],
  );
});
