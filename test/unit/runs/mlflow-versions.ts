import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after } from 'node:test';

const FIXTURES = new URL('../../fixtures/mlflow-sqlite/', import.meta.url);

/** The versions of MLflow that made the stores in test/fixtures/mlflow-sqlite. */
export const VERSIONS = ['1.30.1', '2.22.5', '3.17.2'] as const;

/** What MLflow's own client read from its store. */
export interface ReadByMlflow {
  readonly id: string;
  readonly registered: readonly (readonly [name: string, version: string, aliases: string[], tags: object])[];
}

/** The store that this version of MLflow made, in a folder of its own, which is gone when the tests of the file are over. */
export function storeMadeBy(version: (typeof VERSIONS)[number], changes = '') {
  const folder = mkdtempSync(join(tmpdir(), 'signoff-mlflow-version-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const databaseFile = join(folder, 'mlflow.db');
  const database = new DatabaseSync(databaseFile, { enableForeignKeyConstraints: false });
  database.exec(readFileSync(new URL(`${version}.sql`, FIXTURES), 'utf8') + changes);
  database.close();
  const expected = JSON.parse(readFileSync(new URL(`${version}.json`, FIXTURES), 'utf8')) as ReadByMlflow[];
  return { folder, databaseFile, expected };
}
