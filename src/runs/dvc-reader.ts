import { relative, sep } from 'node:path';
import { fail, type Problem, type Result, succeed } from '../base/result.ts';
import { listTags } from '../git/list-tags.ts';
import { type Objects, resolveCommit, withObjects } from '../git/objects.ts';
import type { Repository } from '../git/repository.ts';
import type { ArtifactCache } from './artifact-cache.ts';
import {
  type CommitRun,
  type CommitRuns,
  findCommitRuns,
  newCommitMemory,
  openProjectAt,
  type ProjectInGit,
} from './dvc-commits.ts';
import { fetchFromCommit } from './dvc-fetch.ts';
import type { DvcFiles } from './dvc-files.ts';
import { openFolderFiles } from './dvc-folder-files.ts';
import { readPlots } from './dvc-plots.ts';
import { type DvcProject, readProject } from './dvc-project.ts';
import { asRecorded } from './dvc-recorded.ts';
import { registeredIn } from './dvc-registered.ts';
import { commitSummary, warningsOf, workspaceSummary } from './dvc-summary.ts';
import { type TrackedPlaces, withTracked } from './dvc-tracked.ts';
import { type DvcValues, readValues } from './dvc-values.ts';
import { differsFromCommit, lastWritten, WORKSPACE } from './dvc-workspace.ts';
import type { FileProblem } from './dvc-yaml.ts';
import { type GtoVersion, gtoVersions } from './gto-tags.ts';
import type { ReadRunsOptions, WantedArtifacts } from './open-runs.ts';
import type { MetricPoint, Run, RunSummary } from './run.ts';

export interface DvcReader {
  list(options: ReadRunsOptions): Promise<{
    readonly runs: RunSummary[];
    readonly problems: Problem[];
    readonly commits: CommitRuns | undefined;
  }>;
  load(id: string, options: ReadRunsOptions): Promise<Result<Run>>;
  bring(run: Run, wanted: WantedArtifacts, options: ReadRunsOptions): Promise<Result<Run>>;
}

export interface ReaderPlaces {
  readonly place: TrackedPlaces;
  readonly repository: Repository | undefined;
  /** For people, and the name of the runs' experiment. */
  readonly location: string;
  readonly cache: ArtifactCache;
}

const COMMIT_TAG = 'mlflow.source.git.commit';

interface History extends CommitRuns {
  readonly versions: ReadonlyMap<string, readonly GtoVersion[]>;
  readonly head: string;
}

/** Reads a project's runs; what was read of commits is kept, since they never change. */
export function openReader({ place, repository, location, cache }: ReaderPlaces): DvcReader {
  const memory = newCommitMemory();
  const valuesRead = new Map<string, DvcValues>();
  const inGit: ProjectInGit | undefined = repository && {
    repository,
    folder: relative(repository.topLevel, place.folder).split(sep).join('/'),
  };

  async function historyOf(
    objects: Objects,
    from: ProjectInGit,
    options: ReadRunsOptions,
  ): Promise<History | undefined> {
    const head = await resolveCommit(from.repository, 'HEAD');
    if (head === undefined) return undefined;
    const byTagged = gtoVersions(await listTags(from.repository, options.signal));
    const tagged = new Set(byTagged.keys());
    const commits = await findCommitRuns(from, objects, memory, { ...options, head, tagged });
    const versions = new Map<string, GtoVersion[]>();
    for (const [commit, own] of byTagged) {
      const run = commits.runOfTagged.get(commit);
      if (run !== undefined) versions.set(run, [...(versions.get(run) ?? []), ...own]);
    }
    return { ...commits, versions, head };
  }

  /** The files of a commit: in git as its stages wrote them, or tracked by DVC. */
  function filesOf({ files, project }: { readonly files: DvcFiles; readonly project: DvcProject }): DvcFiles {
    return withTracked(asRecorded(files, project.outs), project.outs, place);
  }

  async function valuesOf(run: CommitRun, from: ProjectInGit, objects: Objects): Promise<DvcValues> {
    const known = valuesRead.get(run.fingerprint);
    if (known !== undefined) return known;
    const opened = await openProjectAt(run.commit, from, objects, memory);
    if (opened === undefined) return { metrics: new Map(), metricsFiles: [], params: new Map(), problems: [] };
    const values = await readValues(opened.project, filesOf(opened));
    const read = { ...values, problems: [...opened.project.problems, ...values.problems] };
    // What was missing may be pulled meanwhile.
    if (read.problems.length === 0) valuesRead.set(run.fingerprint, read);
    return read;
  }

  async function readHere(): Promise<{ files: DvcFiles; project: DvcProject; values: DvcValues }> {
    const raw = openFolderFiles({ folder: place.folder, roots: [place.folder, ...place.caches] });
    const project = await readProject(raw);
    const files = withTracked(raw, project.outs, place);
    const values = await readValues(project, files);
    return { files, project, values: { ...values, problems: [...project.problems, ...values.problems] } };
  }

  async function isWorkspaceShown(objects: Objects, from: ProjectInGit, head: string | undefined): Promise<boolean> {
    const commit = head === undefined ? undefined : await objects.commit(head);
    const there = commit && (await openProjectAt(commit, from, objects, memory));
    if (there === undefined) return true;
    const files = openFolderFiles({ folder: place.folder, roots: [place.folder, ...place.caches] });
    return differsFromCommit({ files, project: await readProject(files) }, there, from.repository.objectFormat);
  }

  async function workspace(): Promise<{ summary: RunSummary; problems: readonly FileProblem[] }> {
    const { project, values } = await readHere();
    const written = await lastWritten(place.folder, project);
    return { summary: workspaceSummary(values, location, written), problems: values.problems };
  }

  async function loadWorkspace(): Promise<Run> {
    const { files, project, values } = await readHere();
    const summary = workspaceSummary(values, location, await lastWritten(place.folder, project));
    const { history } = await readPlots(values.metricsFiles, files, summary.startTime ?? 0);
    return wholeRun(summary, values, history, { tags: new Map(), registered: [], artifactFolder: place.folder });
  }

  async function loadCommit(
    id: string,
    from: ProjectInGit,
    objects: Objects,
    options: ReadRunsOptions,
  ): Promise<Run | undefined> {
    const found = await historyOf(objects, from, options);
    const run = found?.runs.find(({ commit }) => commit.oid === id);
    const opened = run && (await openProjectAt(run.commit, from, objects, memory));
    if (found === undefined || run === undefined || opened === undefined) return undefined;
    const values = await valuesOf(run, from, objects);
    const { history } = await readPlots(values.metricsFiles, filesOf(opened), run.commit.time);
    return wholeRun(commitSummary(run, values, location), values, history, {
      tags: new Map([[COMMIT_TAG, id]]),
      registered: registeredIn(found.versions.get(id) ?? [], opened.project, undefined),
      artifactFolder: undefined,
    });
  }

  const missing = (id: string) =>
    fail<Run>(
      'run-missing',
      `There is no run “${id.slice(0, 100)}” in the DVC project “${location}”; a run is a commit of HEAD’s history that changed DVC’s files, by its full id, or “${WORKSPACE}”.`,
    );

  return {
    async list(options) {
      if (inGit === undefined) {
        const { summary, problems } = await workspace();
        return { runs: [summary], problems: warningsOf([{ at: 'the workspace', problems }]), commits: undefined };
      }
      return withObjects(
        inGit.repository,
        async (objects) => {
          const found = await historyOf(objects, inGit, options);
          const runs: RunSummary[] = [];
          const seen: { at: string; problems: readonly FileProblem[] }[] = [];
          if (await isWorkspaceShown(objects, inGit, found?.head)) {
            const { summary, problems } = await workspace();
            runs.push(summary);
            seen.push({ at: 'the workspace', problems });
          }
          for (const run of found?.runs ?? []) {
            options.signal?.throwIfAborted();
            const values = await valuesOf(run, inGit, objects);
            runs.push(commitSummary(run, values, location));
            seen.push({ at: `commit ${run.commit.oid.slice(0, 7)}`, problems: values.problems });
          }
          return { runs, problems: warningsOf(seen), commits: found };
        },
        options.signal,
      );
    },
    async load(id, options) {
      if (id === WORKSPACE) return succeed(await loadWorkspace());
      if (inGit === undefined) return missing(id);
      const run = await withObjects(
        inGit.repository,
        (objects) => loadCommit(id, inGit, objects, options),
        options.signal,
      );
      return run === undefined ? missing(id) : succeed(run);
    },
    async bring(run, wanted, options) {
      if (run.id === WORKSPACE) return succeed(run);
      if (inGit === undefined) return missing(run.id);
      return withObjects(
        inGit.repository,
        async (objects) => {
          const commit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(run.id) ? await objects.commit(run.id) : undefined;
          const opened = commit && (await openProjectAt(commit, inGit, objects, memory));
          if (opened === undefined) return missing(run.id);
          const from = { commit: run.id, ...opened, objects, places: place, cache, signal: options.signal };
          const folder = await fetchFromCommit(from, wanted);
          if (!folder.ok) return folder;
          const versions = run.registered.map(({ name, version, aliases }) => ({ name, version, stages: aliases }));
          const registered = registeredIn(versions, opened.project, folder.value);
          return succeed({ ...run, registered, artifactFolder: folder.value });
        },
        options.signal,
      );
    },
  };
}

function wholeRun(
  summary: RunSummary,
  values: DvcValues,
  plots: ReadonlyMap<string, readonly MetricPoint[]>,
  rest: Pick<Run, 'tags' | 'registered' | 'artifactFolder'>,
): Run {
  const latest = [...summary.metrics].map(([name, point]) => [name, [point]] as const);
  return {
    ...summary,
    ...rest,
    params: values.params,
    history: new Map([...latest, ...plots]),
    inputs: [],
    models: [],
  };
}
