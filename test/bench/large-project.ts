import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DuckDBInstance } from '@duckdb/node-api';

export const LARGE_ROWS = 10_000_000;
export const LARGE_METRICS = ['accuracy', 'precision', 'recall', 'f1', 'roc_auc', 'log_loss'];

/** A project whose policy asks for six metrics of ten million predictions; gives the paths of policy and table. */
export async function writeLargeProject(folder: string): Promise<{ readonly policy: string; readonly table: string }> {
  const [policy, table] = [join(folder, 'signoff.yaml'), join(folder, 'predictions.parquet')];
  await writeTable(table);
  writeStore(join(folder, 'mlflow.db'));
  writeFileSync(policy, policyText());
  return { policy, table };
}

/** Nine columns, as a table of predictions has them; a fifth of the rows is positive, and scores more often high. */
async function writeTable(path: string): Promise<void> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run('SELECT setseed(0.5)');
  await connection.run(`COPY (
    SELECT label AS defaulted, CASE WHEN label = 1 THEN sqrt(r) ELSE r * r END AS p_default, CAST(r >= 0.5 AS INTEGER) AS predicted,
      CASE WHEN i % 2 = 0 THEN 'male' ELSE 'female' END AS sex, i % 80 AS age, i AS client_id, i // 3 AS household,
      (i % 1000)::DOUBLE AS exposure, DATE '2024-01-01' + (i % 365)::INTEGER AS scored_at
    FROM (SELECT i, random() AS r, CAST(i % 5 = 0 AS INTEGER) AS label FROM range(${LARGE_ROWS}) t(i))
  ) TO '${path.replaceAll("'", "''")}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}

function writeStore(path: string): void {
  const database = new DatabaseSync(path);
  database.exec(`
    CREATE TABLE experiments (experiment_id INTEGER, name TEXT);
    INSERT INTO experiments VALUES (1, 'bench');
    CREATE TABLE runs (run_uuid TEXT, status TEXT, start_time BIGINT, end_time BIGINT, experiment_id INTEGER);
    INSERT INTO runs VALUES ('run1', 'FINISHED', 1, 2, 1);`);
  database.close();
}

function policyText(): string {
  const checks = LARGE_METRICS.map(
    (metric) => `  ${metric}: { check: metric, metric: ${metric}, dataset: holdout, min: 0 }`,
  );
  return `version: 1
project: bench
model: bench
task: binary
run: { mlflow: mlflow.db }
datasets:
  holdout: { path: predictions.parquet, label: defaulted, score: p_default }
checks:
${checks.join('\n')}
signoff:
  roles: { risk: [ben@acme.example] }
  environments: { production: { require: { risk: 1 } } }
`;
}
