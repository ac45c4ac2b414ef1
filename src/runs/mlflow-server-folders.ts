import { join } from 'node:path';
import { sha256Hex } from '../base/hashing.ts';
import { type Result, succeed } from '../base/result.ts';
import type { ArtifactCache, CachedFile, FolderContent } from './artifact-cache.ts';
import { cacheProblem, fetchFiles } from './fetch-artifacts.ts';
import { forEach, type MlflowServer } from './mlflow-api.ts';
import { canBeAsked, listRemote, type RemoteRoot, type RemoteTree } from './mlflow-server-artifacts.ts';
import type { ReadRunsOptions, WantedArtifacts } from './open-runs.ts';
import type { LoggedModel, Run } from './run.ts';
import { wantedPaths } from './wanted-paths.ts';

/** Where on the server a run's files are. */
export interface RunPlaces {
  readonly run: RemoteRoot;
  /** Of each logged model, by its id. */
  readonly models: ReadonlyMap<string, RemoteRoot>;
  /** Where the files of the registered versions come from, in the versions' order. */
  readonly sources: readonly string[];
}

const EVERYTHING = wantedPaths(['']);

/** Fetches what is wanted of a run, and gives the run with the folders in which that now is. */
export async function fetchRunFolders(
  {
    server,
    cache,
    places,
  }: { readonly server: MlflowServer; readonly cache: ArtifactCache; readonly places: RunPlaces },
  run: Run,
  wanted: WantedArtifacts,
  options: ReadRunsOptions,
): Promise<Result<Run>> {
  options.reportProgress?.({ message: 'Listing artifacts' });
  const ofRun = await listWantedOfRun(server, places.run, run, wanted, options);
  if (!ofRun.ok) return ofRun;
  const models = modelsToFetch(run.models, wanted).flatMap(({ id }) => places.models.get(id) ?? []);
  const ofModels = await forEach(models.filter(canBeAsked), async (root) => {
    const tree = await listRemote(server, root, EVERYTHING, options);
    return tree.ok ? succeed({ root, tree: tree.value }) : tree;
  });
  if (!ofModels.ok) return ofModels;

  const trees = [{ root: places.run, tree: ofRun.value }, ...ofModels.value].filter(
    (each): each is { root: RemoteRoot; tree: RemoteTree } => each.tree !== undefined,
  );
  const fetched = await fetchFiles(
    server,
    cache,
    trees.flatMap(({ tree }) => tree.files),
    options,
  );
  if (!fetched.ok) return fetched;

  const folders = new Map<RemoteRoot, string>();
  let at = 0;
  for (const { root, tree } of trees) {
    const files = new Map(tree.files.map(({ path }, index) => [path, fetched.value[at + index] as CachedFile]));
    at += tree.files.length;
    // A model without files is not here; a run without artifacts is.
    if (root.kind === 'model' && files.size === 0) continue;
    const content: FolderContent = { files, folders: tree.folders };
    try {
      folders.set(root, await cache.folderOf(keyOf(server, root), content, options.signal));
    } catch (error) {
      options.signal?.throwIfAborted();
      return cacheProblem(cache, error);
    }
  }
  return succeed(withFolders(run, places, folders));
}

/** The paths that are wanted and, before there were logged models, the one model among the run's artifacts. */
async function listWantedOfRun(
  server: MlflowServer,
  root: RemoteRoot,
  run: Run,
  { paths, models }: WantedArtifacts,
  options: ReadRunsOptions,
): Promise<Result<RemoteTree | undefined>> {
  if (!canBeAsked(root)) return succeed(undefined);
  if (models === 'not wanted' || run.models.length > 0) return listRemote(server, root, wantedPaths(paths), options);
  // Of several models none is taken, and their number is told by these files alone.
  const marked = await listRemote(server, root, wantedPaths([...paths, '*/MLmodel']), options);
  if (!marked.ok || marked.value === undefined) return marked;
  const folders = marked.value.files.flatMap(({ path }) => /^([^/]+)\/MLmodel$/.exec(path)?.[1] ?? []);
  const [only] = folders;
  return folders.length === 1 && only !== undefined
    ? listRemote(server, root, wantedPaths([...paths, '*/MLmodel', only]), options)
    : marked;
}

/** Models that a path names, and the one that is complete, when it is the only one; others can't be what is meant. */
function modelsToFetch(models: readonly LoggedModel[], { paths, models: wish }: WantedArtifacts): LoggedModel[] {
  const named = new Set(paths.map((path) => path.split('/').find((name) => name !== '' && name !== '.')));
  const complete = models.filter(({ status }) => status !== 'failed' && status !== 'pending');
  return complete.filter(({ name }) => named.has(name) || (wish === 'wanted' && complete.length === 1));
}

function withFolders(
  run: Run,
  { run: own, models, sources }: RunPlaces,
  folders: ReadonlyMap<RemoteRoot, string>,
): Run {
  const folderOf = (root: RemoteRoot | undefined) => (root === undefined ? undefined : folders.get(root));
  return {
    ...run,
    artifactsAre: 'copies',
    artifactFolder: folderOf(own),
    models: run.models.map((model) => ({ ...model, artifactFolder: folderOf(models.get(model.id)) })),
    registered: run.registered.map((version, index) => {
      const id = /^models:\/(m-[\w-]+)$/.exec(sources[index] ?? '')?.[1];
      return { ...version, artifactFolder: id === undefined ? undefined : folderOf(models.get(id)) };
    }),
  };
}

function keyOf({ base }: MlflowServer, { kind, id }: RemoteRoot): string {
  return join(sha256Hex(base).slice(0, 16), sha256Hex(`${kind} ${id}`).slice(0, 32));
}
