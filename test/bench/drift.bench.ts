import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { columnDrift, type DriftOptions } from '../../src/metrics/drift/column-drift.ts';
import { nextNormal, seededRandom } from '../../src/metrics/resampling/random.ts';
import { type Bench, type BenchRow, median } from './row.ts';

const COLUMNS = 100;
const ROWS = 1_000_000;
/** The peer is slow: its time for a column is the median of these many, and it has them all to itself. */
const PEER_COLUMNS = 8;
const OPTIONS: DriftOptions = { bins: 10, strategy: 'quantile', epsilon: 1e-4 };
const METHODS = ['wasserstein', 'ks'] as const;

/**
 * Drift of 100 columns of a million rows on each side, one method after the other, with what sampling alone would give;
 * against SciPy column by column. Both have the numbers in memory, and one thread.
 */
export const bench: Bench = async () => {
  const python = process.env['MODEL_SIGNOFF_PYTHON'];
  if (!python) {
    console.error('MODEL_SIGNOFF_PYTHON is unset, so that drift has no peer to be compared with');
    return [];
  }
  const peer = peerMilliseconds(python);
  const ours: Record<string, number[]> = { wasserstein: [], ks: [] };
  const random = seededRandom(1);
  for (let column = 0; column < COLUMNS; column += 1) {
    const [reference, current] = [normals(random, 0), normals(random, 0.05)];
    for (const method of METHODS) {
      const start = performance.now();
      const found = columnDrift(method, { reference, current }, OPTIONS);
      ours[method]?.push(performance.now() - start);
      if (!found.ok) throw new Error(found.problem.message);
    }
  }
  const rows = METHODS.map((method): BenchRow => {
    const total = (ours[method] ?? []).reduce((sum, each) => sum + each, 0);
    return rowOf(method, total, (peer[method] ?? 0) * COLUMNS);
  });
  const both = rows.reduce((sum, row) => sum + row.ours, 0);
  return [
    ...rows,
    rowOf(
      'wasserstein and ks',
      both,
      rows.reduce((sum, row) => sum + (row.peer?.value ?? 0), 0),
    ),
  ];
};

function rowOf(method: string, ours: number, peer: number): BenchRow {
  return {
    name: `drift of ${COLUMNS} columns × ${ROWS / 1e6} million rows: ${method}`,
    ours,
    unit: 'ms',
    peer: { name: 'SciPy', value: peer },
    budget: { timesFaster: method === 'wasserstein and ks' ? 5 : 1 },
  };
}

function normals(random: ReturnType<typeof seededRandom>, mean: number) {
  const values = new Float64Array(ROWS);
  for (let row = 0; row < ROWS; row += 1) values[row] = mean + nextNormal(random);
  return { kind: 'number' as const, values };
}

/** SciPy's milliseconds for one column, the median of several. */
function peerMilliseconds(python: string): Record<string, number> {
  const script = fileURLToPath(new URL('drift_peer.py', import.meta.url));
  const { status, stdout, stderr } = spawnSync(python, [script, String(ROWS), String(PEER_COLUMNS)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const times = JSON.parse(stdout) as Record<string, number[]>;
  return Object.fromEntries(Object.entries(times).map(([method, each]) => [method, median(each)]));
}
