import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DuckDBInstance } from '@duckdb/node-api';

const ROWS = 10_000_000;
const METRICS = [
  ...['accuracy', 'precision', 'recall', 'f1', 'matthews_corrcoef', 'roc_auc', 'average_precision', 'log_loss'],
  'brier_score',
];

/** A folder with a store, a run, ten million predictions as Parquet, and a policy of nine metrics, groups and fairness. */
export async function writeLargeProject(folder: string): Promise<void> {
  await writeTable(join(folder, 'predictions.parquet'));
  writeStore(join(folder, 'mlflow.db'));
  writeFileSync(join(folder, 'signoff.yaml'), policyText());
}

/** A fifth of the rows is positive, and scores more often high; the scores are all different. */
async function writeTable(path: string): Promise<void> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run('SELECT setseed(0.5)');
  await connection.run(`COPY (
    SELECT label AS defaulted, CASE WHEN label = 1 THEN sqrt(r) ELSE r * r END AS p_default,
      ['north', 'east', 'south', 'west', 'sea'][1 + i % 5] AS region
    FROM (SELECT i, random() AS r, CAST(i % 5 = 0 AS INTEGER) AS label FROM range(${ROWS}) t(i))
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
  const checks = METRICS.map((metric) => `  ${metric}: { check: metric, metric: ${metric}, dataset: holdout, min: 0 }`);
  return `version: 1
project: bench
model: bench
task: binary
run: { mlflow: mlflow.db }
datasets:
  holdout: { path: predictions.parquet, label: defaulted, score: p_default, groups: { region: {} } }
checks:
${checks.join('\n')}
  calibration: { check: metric, metric: expected_calibration_error, dataset: holdout, max: 1 }
  recall-by-region: { check: metric, metric: recall, dataset: holdout, by: region, min: 0 }
  parity: { check: fairness, metric: demographic_parity_difference, dataset: holdout, group: region, max: 1 }
  odds: { check: fairness, metric: equalized_odds_difference, dataset: holdout, group: region, max: 1 }
signoff:
  roles: { risk: [ben@acme.example] }
  environments: { production: { require: { risk: 1 } } }
`;
}
