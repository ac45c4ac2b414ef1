import { dirname } from 'node:path';
import { fail, type Parsed, type Result, succeed } from '../base/result.ts';
import {
  beginReading,
  type Connection,
  connect,
  endReading,
  type MlflowSqlite,
  problemOf,
} from './mlflow-sqlite-connection.ts';
import { type Experiments, readExperiments } from './mlflow-sqlite-experiments.ts';
import { findContradiction, findDamage } from './mlflow-sqlite-integrity.ts';
import { type Listing, readListing, updateListing } from './mlflow-sqlite-listing.ts';
import { readRun } from './mlflow-sqlite-run.ts';
import type { OpenRuns } from './open-runs.ts';
import type { Run, RunSummary } from './run.ts';

/**
 * Opens an MLflow SQLite store, of any schema since 1.x, for reading only. Each reading is one transaction, so a
 * training that writes meanwhile is seen either before or after, never halfway.
 */
export async function openMlflowSqlite(store: MlflowSqlite): Promise<Result<OpenRuns>> {
  const connected = await connect(store);
  return connected.ok ? succeed(reader(store, connected.value)) : connected;
}

/** What was found out about the database, and which connection and state of it that holds for. */
interface Known<Found> {
  readonly of: Connection;
  readonly found: Found;
}

function reader(store: MlflowSqlite, first: Connection): OpenRuns {
  const { databaseFile, location } = store;
  let connection = first;
  const listings = new Map<Listing['metrics'], Known<Listing>>();
  let damage: Known<string | undefined> | undefined;
  let reading: Promise<unknown> = Promise.resolve();

  async function inOneTransaction<Value>(read: (experiments: Experiments) => Result<Value>): Promise<Result<Value>> {
    try {
      const begun = await beginReading(store, connection);
      if (!begun.ok) return begun;
      connection = begun.value;
      const experiments = readExperiments(connection.tables, store.experiment);
      return experiments.ok ? read(experiments.value) : experiments;
    } catch (error) {
      return { ok: false, problem: problemOf(error, location) };
    } finally {
      endReading(connection);
    }
  }

  /** A connection has one transaction at a time, so whoever asks meanwhile waits. */
  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = reading.then(work);
    reading = turn.catch(() => undefined);
    return turn;
  }

  function listNow(experiments: Experiments, metrics: Listing['metrics']): Listing {
    const known = listings.get(metrics);
    const before = known?.of.database === connection.database ? known : undefined;
    if (before !== undefined && before.of.dataVersion === connection.dataVersion) return before.found;
    const found =
      before !== undefined && before.of.schemaVersion === connection.schemaVersion
        ? updateListing(connection.tables, experiments, before.found)
        : readListing(connection.tables, experiments, metrics);
    listings.set(metrics, { of: connection, found });
    return found;
  }

  function damageNow(): string | undefined {
    const isKnown = damage?.of.database === connection.database && damage.of.dataVersion === connection.dataVersion;
    if (!isKnown) damage = { of: connection, found: findDamage(connection.database) };
    return damage?.found;
  }

  return {
    source: { kind: 'mlflow-sqlite', location, watched: [databaseFile, `${databaseFile}-wal`] },
    async list({ signal, metrics = 'latest' } = {}): Promise<Parsed<RunSummary[]>> {
      signal?.throwIfAborted();
      const listed = await inTurn(() => inOneTransaction((experiments) => succeed(listNow(experiments, metrics))));
      return listed.ok
        ? { value: [...listed.value.summaries], problems: [...listed.value.problems] }
        : { value: undefined, problems: [listed.problem] };
    },
    load(id): Promise<Result<Run>> {
      return inTurn(() =>
        inOneTransaction((experiments) => {
          const damaged = damageNow();
          if (damaged !== undefined) return fail('run-source-unreadable', damageInWords(location, damaged));
          const run = readRun(connection.tables, experiments, id, dirname(databaseFile));
          if (!run) return fail('run-missing', `There is no run “${id}” in “${location}”${experimentInWords(store)}.`);
          const contradiction = findContradiction(connection.tables, run);
          return contradiction === undefined
            ? succeed(run)
            : fail('run-source-unreadable', damageInWords(location, contradiction));
        }),
      );
    },
    close: () => connection.database.close(),
  };
}

function damageInWords(location: string, found: string): string {
  return `The runs’ store “${location}” is damaged; restore it from a copy. ${found.replace(/\.?$/, '.')}`;
}

function experimentInWords({ experiment }: MlflowSqlite): string {
  return experiment === undefined ? '' : `, experiment “${experiment}”`;
}
