// `npm run bench`: every test/bench/*.bench.ts, or the named ones (`npm run bench -- activation`), as one table.
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Bench, type BenchRow, type Budget, isWithinBudget, ratioOf } from '../test/bench/row.ts';
import { build } from './build.mjs';
import { filesMatching } from './lib/files.ts';
import { peerPython } from './lib/peer-python.ts';

const wanted = process.argv.slice(2);
const files = filesMatching('test/bench/*.bench.ts').filter(
  (file) => wanted.length === 0 || wanted.includes(basename(file, '.bench.ts')),
);

try {
  const peers = peerPython();
  if ('python' in peers) process.env['MODEL_SIGNOFF_PYTHON'] = peers.python;
  else console.error(`Measured without the tools of others. ${peers.unavailable}`);
  const metafile = await build();
  const rows: BenchRow[] = [];
  for (const file of files) {
    console.error(`measuring ${basename(file, '.bench.ts')} …`);
    const { bench } = (await import(pathToFileURL(file).href)) as { bench: Bench };
    rows.push(...(await bench({ metafile })));
  }
  printTable([['', 'ours', 'peer', 'ratio', 'budget', ''], ...rows.map(cellsOf)]);
  process.exitCode = rows.every(isWithinBudget) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

function cellsOf(row: BenchRow): string[] {
  const ratio = ratioOf(row);
  return [
    row.name,
    `${figure(row.ours)} ${row.unit}`,
    row.peer ? `${figure(row.peer.value)} ${row.unit} (${row.peer.name})` : '–',
    ratio === undefined ? '–' : `${figure(ratio)}×`,
    budgetText(row.budget, row.unit),
    isWithinBudget(row) ? 'ok' : 'over budget',
  ];
}

function budgetText(budget: Budget, unit: string): string {
  if ('atMost' in budget) return `≤ ${budget.atMost} ${unit}`;
  if ('atLeast' in budget) return `≥ ${budget.atLeast} ${unit}`;
  if ('timesFaster' in budget) return `≥ ${budget.timesFaster}× as fast`;
  return `≤ ${budget.timesSlower}× its time`;
}

function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function printTable(rows: readonly string[][]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    console.log(
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    );
  }
}
