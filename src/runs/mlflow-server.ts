import type { Parsed, Result } from '../base/result.ts';
import { succeed } from '../base/result.ts';
import { artifactCache, defaultCacheFolder } from './artifact-cache.ts';
import type { MlflowServer } from './mlflow-api.ts';
import { findMlflowServer } from './mlflow-server-address.ts';
import { fetchRunFolders, type RunPlaces } from './mlflow-server-folders.ts';
import { readServerModels, readServerVersions } from './mlflow-server-models.ts';
import { readExperiments, readHistories, readOneRun, searchRuns } from './mlflow-server-runs.ts';
import { compareNewestFirst } from './newest-finished-run.ts';
import type { OpenRuns, ReadRunsOptions, RunSurroundings } from './open-runs.ts';
import type { Run, RunSummary } from './run.ts';

export interface MlflowServerPlace {
  /** URL of the server, as the policy names it. */
  readonly address: string;
  readonly surroundings: RunSurroundings;
  /** Name, or else id, of the only experiment to read. */
  readonly experiment?: string;
}

/** Opens the runs of an MLflow tracking server, or of one that speaks as it does (GitLab). Nothing is asked yet. */
export async function openMlflowServer(place: MlflowServerPlace): Promise<Result<OpenRuns>> {
  const server = await findMlflowServer(place.address, place.surroundings);
  return server.ok ? succeed(reader(server.value, place)) : server;
}

function reader(server: MlflowServer, { experiment, surroundings }: MlflowServerPlace): OpenRuns {
  const cache = artifactCache(surroundings.cacheFolder ?? defaultCacheFolder());
  const places = new Map<string, RunPlaces>();

  async function load(id: string, options: ReadRunsOptions = {}): Promise<Result<Run>> {
    const found = await loadRun(server, id, experiment, options);
    if (!found.ok) return found;
    places.set(id, found.value.places);
    return succeed(found.value.run);
  }

  return {
    source: { kind: 'mlflow-server', location: server.base, watched: [] },
    load,
    async list(options = {}): Promise<Parsed<RunSummary[]>> {
      const experiments = await readExperiments(server, experiment, options);
      if (!experiments.ok) return { value: undefined, problems: [experiments.problem] };
      const found = await searchRuns(server, experiments.value, options);
      if (!found.ok) return { value: undefined, problems: [found.problem] };
      const runs = found.value.runs.map(({ summary, experimentId }) => ({
        ...summary,
        experiment: experiments.value.get(experimentId) ?? '',
      }));
      return { value: runs.sort(compareNewestFirst), problems: found.value.problems };
    },
    async fetchArtifacts(run, wanted, options = {}) {
      if (!places.has(run.id)) {
        const again = await load(run.id, options);
        if (!again.ok) return again;
      }
      return fetchRunFolders({ server, cache, places: places.get(run.id) as RunPlaces }, run, wanted, options);
    },
    close: () => places.clear(),
  };
}

async function loadRun(
  server: MlflowServer,
  id: string,
  experiment: string | undefined,
  options: ReadRunsOptions,
): Promise<Result<{ readonly run: Run; readonly places: RunPlaces }>> {
  const one = await readOneRun(server, id, experiment, options);
  if (!one.ok) return one;
  const { run } = one.value;
  const history = await readHistories(server, run, options);
  if (!history.ok) return history;
  const models = await readServerModels(server, run, options);
  if (!models.ok) return models;
  const versions = await readServerVersions(server, id, options);
  if (!versions.ok) return versions;
  return succeed({
    run: {
      ...run.summary,
      experiment: one.value.experiment,
      ...{ params: run.params, tags: run.tags, inputs: run.inputs, history: history.value },
      models: models.value.map(({ model }) => ({ ...model, artifactFolder: undefined })),
      registered: versions.value.map(({ version }) => ({ ...version, artifactFolder: undefined })),
      artifactFolder: undefined,
    },
    places: {
      run: { kind: 'run', id, address: run.artifactAddress },
      models: new Map(
        models.value.map(({ model, artifactAddress }) => [
          model.id,
          { kind: 'model', id: model.id, address: artifactAddress },
        ]),
      ),
      sources: versions.value.map(({ source }) => source),
    },
  });
}
