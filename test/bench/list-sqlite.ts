// Lists an SQLite store, and prints how long that took and what memory the process needed for it.
import { openMlflowSqlite } from '../../src/runs/mlflow-sqlite.ts';

const [databaseFile = '', rounds = '1'] = process.argv.slice(2);
const milliseconds: number[] = [];
let runs = 0;
for (let round = 0; round < Number(rounds); round += 1) {
  const start = performance.now();
  const opened = await openMlflowSqlite({ databaseFile, location: 'mlflow.db' });
  if (!opened.ok) throw new Error(opened.problem.message);
  const listed = await opened.value.list();
  milliseconds.push(performance.now() - start);
  runs = listed.value?.length ?? 0;
  opened.value.close();
}
console.log(JSON.stringify({ runs, milliseconds, kilobytes: process.resourceUsage().maxRSS }));
