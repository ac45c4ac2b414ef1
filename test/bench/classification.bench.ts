import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { type Bench, type BenchRow, median } from './row.ts';

const TEN_MILLION = 10_000_000;
const ROUNDS = 3;
const SIZES = [100_000, 1_000_000, TEN_MILLION, 100_000_000] as const;
/** The largest size takes about 7 GB. */
const LARGE_MEMORY = 10e9;

interface Measured {
  readonly ms: number;
  readonly megabytes: number;
  readonly values?: readonly number[];
}

/**
 * Nine metrics of a binary classifier and two fairness checks over five groups, from a Parquet file to outcomes: against
 * what reading and one sort cost at the least, and against pandas with scikit-learn. Prints time per row and memory by
 * size, also of the metrics of counts and the fairness checks alone.
 */
export const bench: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'model-signoff-bench-'));
  try {
    const perRow = new Map<number, number>();
    let atTenMillion: readonly BenchRow[] = [];
    for (const size of SIZES) {
      if (size > TEN_MILLION && freemem() < LARGE_MEMORY) {
        console.error(`${size} rows are left out: they need ${LARGE_MEMORY / 1e9} GB of memory`);
        continue;
      }
      const file = join(folder, `${size}.parquet`);
      await writeTable(file, size);
      const rounds = Array.from({ length: size > TEN_MILLION ? 1 : ROUNDS }, () => ({
        checks: measure('checks', file),
        floor: measure('floor', file),
      }));
      const ours = median(rounds.map(({ checks }) => checks.ms));
      const megabytes = Math.max(...rounds.map(({ checks }) => checks.megabytes));
      perRow.set(size, (ours * 1e6) / size);
      console.error(
        `${size} rows: ${ours.toFixed(0)} ms, ${((ours * 1e6) / size).toFixed(0)} ns a row, at most ${megabytes.toFixed(0)} MB`,
      );
      const counts = measure('counts', file);
      console.error(
        `${size} rows, counts alone: ${counts.ms.toFixed(0)} ms, ${((counts.ms * 1e6) / size).toFixed(0)} ns a row, ${counts.megabytes.toFixed(0)} MB`,
      );
      if (size === TEN_MILLION) {
        const floor = median(rounds.map((round) => round.floor.ms));
        atTenMillion = rowsOf(ours, floor, megabytes, peerOf(file, rounds[0]?.checks.values ?? []));
      }
      rmSync(file);
    }
    return [...atTenMillion, ...scaleRows(perRow)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

function rowsOf(ours: number, floor: number, megabytes: number, peer: number | undefined): BenchRow[] {
  const name = 'nine binary metrics and two fairness checks, 10 million rows';
  return [
    { name, ours, unit: 'ms', peer: { name: 'reading + one sort', value: floor }, budget: { timesSlower: 1.5 } },
    ...(peer === undefined
      ? []
      : [
          {
            ...{ name, ours, unit: 'ms' as const, budget: { timesFaster: 10 } },
            peer: { name: 'pandas + scikit-learn', value: peer },
          },
        ]),
    { name: `${name}: memory`, ours: megabytes * 1024, unit: 'kB', budget: { atMost: 1500 * 1024 } },
  ];
}

function scaleRows(perRow: ReadonlyMap<number, number>): BenchRow[] {
  const [large, small] = [perRow.get(100_000_000), perRow.get(TEN_MILLION)];
  if (large === undefined || small === undefined) return [];
  const peer = { name: '10 million', value: small / 1e6 };
  return [{ name: 'the same, a row of 100 million', ours: large / 1e6, unit: 'ms', peer, budget: { timesSlower: 2 } }];
}

async function writeTable(file: string, rows: number): Promise<void> {
  const database = await DuckDBInstance.create(':memory:');
  const connection = await database.connect();
  await connection.run('SELECT setseed(0.5)');
  await connection.run(
    `COPY (SELECT (random() < score)::INTEGER AS label, score, 'sector ' || (random() * 5)::INTEGER % 5 AS sector
     FROM (SELECT random() AS score FROM range(${rows}))) TO '${file.replaceAll("'", "''")}' (FORMAT parquet)`,
  );
  connection.closeSync();
  database.closeSync();
}

function measure(what: 'checks' | 'counts' | 'floor', file: string): Measured {
  const script = fileURLToPath(new URL('classification-run.ts', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, what, file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Measured;
}

/** The peer's milliseconds; its values must be ours. */
function peerOf(file: string, ours: readonly number[]): number | undefined {
  const python = process.env['MODEL_SIGNOFF_PYTHON'];
  if (!python) {
    console.error('MODEL_SIGNOFF_PYTHON is unset, so that scikit-learn is not compared with');
    return undefined;
  }
  const script = fileURLToPath(new URL('classification_peer.py', import.meta.url));
  const { status, stdout, stderr } = spawnSync(python, [script, file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const { ms, values } = JSON.parse(stdout) as { ms: number; values: readonly number[] };
  for (const [index, value] of values.entries()) {
    if (Math.abs(value - (ours[index] ?? Number.NaN)) > 1e-9)
      throw new Error(`${ours[index]} is not scikit-learn’s ${value}`);
  }
  return ms;
}
