import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { after, describe, type TestContext, test } from 'node:test';
import { openRunSource } from '../../src/runs/open-run-source.ts';
import type { OpenRuns } from '../../src/runs/open-runs.ts';
import type { MetricPoint, Run, RunSummary } from '../../src/runs/run.ts';
import { unlessPython, unlessPythonNamed } from './python.ts';
import { jsonFromPythonNamed } from './run-python.ts';

type Value = number | 'nan' | 'inf' | '-inf';
type Point = readonly [step: number, timestamp: number, value: Value];

/** A run as MLflow's own client returns it; see mlflow_versions.py. */
interface ClientRun {
  readonly id: string;
  readonly name: string;
  readonly experiment: string;
  readonly experimentId: string;
  readonly status: string;
  readonly user: string;
  readonly startTime: number;
  readonly endTime: number | null;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, Point>>;
  readonly history: Readonly<Record<string, readonly Point[]>>;
  readonly inputs: readonly (readonly [name: string, digest: string, context: string | null])[];
  readonly models: readonly (readonly [id: string, name: string, status: string, folder: string])[];
  readonly registered: readonly ClientVersion[];
  readonly artifactFolder: string;
  readonly files: readonly (readonly [path: string, size: number])[];
}

type ClientVersion = readonly [
  name: string,
  version: string,
  aliases: readonly string[],
  tags: Readonly<Record<string, string>>,
  folder: string,
];

interface ClientStore {
  readonly version: string;
  readonly runs: readonly ClientRun[];
}

const SCRIPT = 'mlflow_versions.py';
const VERSIONS = [
  { python: 'main', since: 3 },
  { python: 'mlflow-2', since: 2 },
  { python: 'mlflow-1', since: 1 },
] as const;
/** `own`: the part of the folder in which a store keeps, or finds again, its artifacts. */
const STORES = [
  { store: 'files', mlflow: 'mlruns', own: 'mlruns' },
  { store: 'sqlite', mlflow: 'mlflow.db', own: '.' },
] as const;

const scratch = mkdtempSync(join(tmpdir(), 'signoff mlflow é '));
after(() => rmSync(scratch, { recursive: true, force: true }));

for (const { python, since } of VERSIONS) {
  for (const { store, mlflow, own } of STORES) {
    describe(`MLflow ${since}’s ${store} store of odd values`, unlessPythonNamed(python), () => {
      const folder = join(scratch, `${since} ${store}`);
      let theirs: readonly ClientRun[] = [];

      test('reads as its own client reads it, field by field', async (context) => {
        mkdirSync(folder);
        theirs = storeFrom(context, python, 'make', store, folder);
        assert.equal(theirs.length, 11);
        await assertReadsAs(theirs, { mlflow }, folder);
      });

      test('gives the runs of one experiment, by its name or its id', async () => {
        const wanted = theirs.filter(({ experiment }) => experiment === 'kept elsewhere');
        assert.equal(wanted.length, 4);
        await assertReadsAs(wanted, { mlflow, experiment: 'kept elsewhere' }, folder);
        await assertReadsAs(wanted, { mlflow, experiment: wanted[0]?.experimentId ?? '' }, folder);
      });

      test('is read with its own artifacts when its folder was renamed', async () => {
        const renamed = `${folder} renamed`;
        await whileRenamed(folder, renamed, () =>
          assertReadsAs(rebased(theirs, join(folder, own), join(renamed, own)), { mlflow }, renamed),
        );
      });

      test('is read with its own artifacts when it is a copy, and the first still exists', async () => {
        const copy = `${folder} copy`;
        cpSync(folder, copy, { recursive: true });
        await assertReadsAs(rebased(theirs, join(folder, own), join(copy, own)), { mlflow }, copy);
      });

      test('leaves nothing and changes nothing beside what MLflow wrote', async () => {
        const before = filesBelow(folder, 'with times');
        await assertReadsAs(theirs, { mlflow }, folder);
        assert.deepEqual(filesBelow(folder, 'with times'), before);
      });

      if (store === 'files') {
        test('is read with its own artifacts when it is no longer called mlruns', async () => {
          const [before, renamed] = [join(folder, 'mlruns'), join(folder, 'runs of last year')];
          await whileRenamed(before, renamed, () =>
            assertReadsAs(rebased(theirs, before, renamed), { mlflow: 'runs of last year' }, folder),
          );
        });
      }

      // Logging a model with MLflow 3 repeats points in its files, which MLflow's own migration then refuses.
      if (store === 'files' && since < 3) {
        test('reads as the newest client reads it once it is migrated to a database', unlessPython, async (context) => {
          const migrated = storeFrom(context, 'main', 'migrate', folder);
          // MLflow 1 does not mark the runs of a deleted experiment, so that migrating brings them back.
          assert.equal(migrated.length, since === 1 ? theirs.length + 1 : theirs.length);
          await assertReadsAs(migrated, { mlflow: 'mlflow.db' }, folder);
        });
      }
      if (store === 'sqlite' && since < 3) {
        test('reads as the newest client reads it once its schema is upgraded', unlessPython, async (context) => {
          const upgraded = storeFrom(context, 'main', 'upgrade', folder);
          assert.equal(upgraded.length, theirs.length);
          await assertReadsAs(upgraded, { mlflow }, folder);
        });
      }
    });
  }
}

function storeFrom(context: TestContext, python: string, ...task: string[]): readonly ClientRun[] {
  const { version, runs } = jsonFromPythonNamed(python, SCRIPT, ...task) as ClientStore;
  context.diagnostic(`MLflow ${version}: ${runs.length} runs`);
  return runs;
}

/** Asserts that the store's list, and each of its runs, is what MLflow's client returned. */
async function assertReadsAs(
  theirs: readonly ClientRun[],
  source: { readonly mlflow: string; readonly experiment?: string },
  folder: string,
): Promise<void> {
  const opened = await openRunSource(source, folder);
  assert.ok(opened.ok, JSON.stringify(opened));
  try {
    const { value: listed = [], problems } = await opened.value.list();
    assert.deepEqual(problems, []);
    assert.deepEqual(
      listed.map(({ id }) => id),
      theirs.toSorted((a, b) => b.startTime - a.startTime || (a.id < b.id ? 1 : -1)).map(({ id }) => id),
    );
    for (const summary of listed) {
      const expected = theirs.find(({ id }) => id === summary.id);
      assert.ok(expected);
      assert.deepEqual(comparableSummary(summary), expectedSummary(expected, source.mlflow));
      assert.deepEqual(await loaded(opened.value, summary.id), expectedRun(expected, source.mlflow));
    }
  } finally {
    opened.value.close();
  }
}

async function loaded(runs: OpenRuns, id: string): Promise<ReturnType<typeof comparableRun>> {
  const run = await runs.load(id);
  assert.ok(run.ok, JSON.stringify(run));
  for (const points of run.value.history.values())
    assert.deepEqual(
      points,
      points.toSorted((a, b) => a.step - b.step),
    );
  return comparableRun(run.value);
}

function comparableSummary(run: RunSummary) {
  return {
    ...{ id: run.id, name: run.name, experiment: run.experiment, status: run.status as string, user: run.user },
    ...{ startTime: run.startTime, endTime: run.endTime },
    metrics: Object.fromEntries([...run.metrics].map(([name, point]) => [name, pointOf(point)])),
  };
}

function comparableRun(run: Run) {
  return {
    ...comparableSummary(run),
    params: Object.fromEntries(run.params),
    tags: Object.fromEntries(run.tags),
    history: Object.fromEntries([...run.history].map(([name, points]) => [name, sortedAsText(points.map(pointOf))])),
    inputs: sortedAsText(run.inputs.map(({ name, digest, context }) => [name, digest, context ?? null])),
    models: sortedAsText(
      run.models.map(({ id, name, status, artifactFolder }) => [id, name, status, filled(artifactFolder)]),
    ),
    registered: run.registered.map(({ name, version, aliases, tags, artifactFolder }) => [
      ...[name, version, aliases],
      ...[Object.fromEntries(tags), filled(artifactFolder)],
    ]),
    artifactFolder: filled(run.artifactFolder),
    files: run.artifactFolder === undefined ? [] : filesBelow(run.artifactFolder, 'with sizes'),
  };
}

function expectedSummary(run: ClientRun, mlflow: string): ReturnType<typeof comparableSummary> {
  const metrics = Object.entries(run.metrics).map(([name, latest]) => [name, withStep(run, mlflow, name, latest)]);
  return {
    ...{ id: run.id, name: run.name, experiment: run.experiment, status: run.status, user: run.user },
    ...{ startTime: run.startTime, endTime: run.endTime ?? undefined },
    metrics: Object.fromEntries(metrics),
  };
}

function expectedRun(run: ClientRun, mlflow: string): ReturnType<typeof comparableRun> {
  const history = Object.entries(run.history).map(([name, points]) => [
    name,
    sortedAsText(points.map((point) => withStep(run, mlflow, name, point))),
  ]);
  return {
    ...expectedSummary(run, mlflow),
    ...{ params: run.params, tags: run.tags },
    history: Object.fromEntries(history),
    inputs: sortedAsText(run.inputs.map((input) => [...input])),
    models: sortedAsText(run.models.map(([id, name, status, path]) => [id, name, status, filled(path)])),
    registered: run.registered
      .toSorted(([a, one], [b, other]) => (a === b ? Number(one) - Number(other) : a < b ? -1 : 1))
      .map(([name, version, aliases, tags, path]) => [name, version, aliases, tags, filled(path)]),
    artifactFolder: filled(run.artifactFolder),
    files: sortedAsText(run.files.map((file) => [...file])),
  };
}

/**
 * The one stated difference: MLflow's own reader of files gives step 0 to every point that was logged on a data set,
 * though the step stands in the file. The script logs them at the steps 0, 1, 2, in the order of time.
 */
function withStep(run: ClientRun, mlflow: string, name: string, [step, timestamp, value]: Point): Point {
  if (name !== 'on data' || mlflow.endsWith('.db')) return [step, timestamp, value];
  const times = [...new Set(run.history[name]?.map((point) => point[1]))].sort((a, b) => a - b);
  return [times.indexOf(timestamp), timestamp, value];
}

async function whileRenamed(from: string, to: string, check: () => Promise<void>): Promise<void> {
  renameSync(from, to);
  try {
    await check();
  } finally {
    renameSync(to, from);
  }
}

/** What MLflow's client would return of a store that is now in another folder; what lies outside of it stays there. */
function rebased(runs: readonly ClientRun[], from: string, to: string): ClientRun[] {
  const place = (path: string): string => (path.startsWith(from + sep) ? join(to, relative(from, path)) : path);
  return runs.map((run) => {
    const artifactFolder = place(run.artifactFolder);
    return {
      ...run,
      artifactFolder,
      files: filled(artifactFolder) === undefined ? [] : run.files,
      models: run.models.map(([id, name, status, path]) => [id, name, status, place(path)]),
      registered: run.registered.map(([name, version, aliases, tags, path]) => [
        ...([name, version, aliases, tags] as const),
        place(path),
      ]),
    };
  });
}

/**
 * MLflow names folders before anything is in them, and files of a run that are kept elsewhere leave an empty folder in
 * the store: one without a file is as good as none.
 */
function filled(folder: string | undefined): string | undefined {
  return folder !== undefined && existsSync(folder) && filesBelow(folder, 'with sizes').length > 0 ? folder : undefined;
}

function pointOf({ step, timestamp, value }: MetricPoint): Point {
  if (Number.isNaN(value)) return [step, timestamp, 'nan'];
  if (Number.isFinite(value)) return [step, timestamp, value];
  return [step, timestamp, value > 0 ? 'inf' : '-inf'];
}

function filesBelow(folder: string, more: 'with sizes' | 'with times'): (readonly [string, number])[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return sortedAsText(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const { size, mtimeMs } = statSync(path);
      return [relative(folder, path).replaceAll(sep, '/'), more === 'with sizes' ? size : mtimeMs] as const;
    }),
  );
}

function sortedAsText<Row>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
