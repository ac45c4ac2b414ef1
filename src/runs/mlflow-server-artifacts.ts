import { fail, type Result, succeed } from '../base/result.ts';
import { collisionKey, refusalOfName } from './artifact-names.ts';
import { gitlabArtifacts, gitlabPath } from './gitlab.ts';
import { type Answered, askMlflow, isPlainId, type MlflowServer, readPages } from './mlflow-api.ts';
import { field, optionalInteger, type Sent, shortened, text } from './mlflow-json.ts';
import type { ReadRunsOptions } from './open-runs.ts';
import type { WantedPaths } from './wanted-paths.ts';

/** Artifacts of a run, or of a model that it logged, on a server. */
export interface RemoteRoot {
  readonly kind: 'run' | 'model';
  readonly id: string;
  /** Where the server says that the artifacts are; its files are asked for there only if it serves them itself. */
  readonly address: string;
}

export interface RemoteFile {
  /** `/`-separated, below the root. */
  readonly path: string;
  /** URL to get it from. */
  readonly url: string;
  /** In bytes, as listed; undefined where the server does not say. */
  readonly size: number | undefined;
}

export interface RemoteTree {
  readonly files: readonly RemoteFile[];
  /** Folders that were looked into, or that are wanted themselves. */
  readonly folders: readonly string[];
}

interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
  readonly size: number | undefined;
}

const MOST_ENTRIES = 20_000;
const MOST_FOLDERS = 2_000;
const DEEPEST = 64;

/**
 * The wanted files of a root, and the folders they lie in; undefined when the server has no artifacts to list. A folder
 * is what the server calls one, never what a path looks like. Names that could lead elsewhere, or that are one on some
 * file systems, are refused.
 */
export async function listRemote(
  server: MlflowServer,
  root: RemoteRoot,
  wanted: WantedPaths,
  options: ReadRunsOptions = {},
): Promise<Result<RemoteTree | undefined>> {
  if (gitlabArtifacts(server, root.address) !== undefined) return listFlat(server, root, wanted, options);
  const files: RemoteFile[] = [];
  const folders: string[] = [];
  const claim = claimPaths(root);
  const waiting = [''];
  let looked = 0;
  for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
    looked += 1;
    if (looked > MOST_FOLDERS || folder.split('/').length > DEEPEST) {
      return fail('too-many-files', `The ${inWords(root)} has more folders, or deeper ones, than are fetched at most.`);
    }
    const entries = await entriesOf(server, root, folder, options);
    if (!entries.ok) return entries;
    if (entries.value === undefined) {
      if (folder === '') return succeed(undefined);
      return fail('artifact-refused', `The server lists the folder “${shortened(folder)}”, and has no such folder.`);
    }
    for (const { name, kind, size } of entries.value) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const isWanted = kind === 'folder' ? wanted.wantsInside(path) || wanted.wantsFile(path) : wanted.wantsFile(path);
      if (!isWanted) continue;
      const refused = claim(path, [name]);
      if (refused !== undefined) return refused;
      if (kind === 'file') files.push({ path, url: addressOf(server, root, path), size });
      else folders.push(path);
      if (kind === 'folder' && wanted.wantsInside(path)) waiting.push(path);
    }
  }
  return succeed({ files, folders });
}

/** GitLab lists all files at once, below no folders. */
async function listFlat(
  server: MlflowServer,
  root: RemoteRoot,
  wanted: WantedPaths,
  options: ReadRunsOptions,
): Promise<Result<RemoteTree | undefined>> {
  const entries = await entriesOf(server, root, '', options);
  if (!entries.ok || entries.value === undefined) return entries.ok ? succeed(undefined) : entries;
  const files: RemoteFile[] = [];
  const folders = new Set<string>();
  const claim = claimPaths(root);
  for (const { name, size } of entries.value) {
    const path = gitlabPath(name);
    if (!wanted.wantsFile(path)) continue;
    const names = path.split('/');
    const refused = claim(path, names);
    if (refused !== undefined) return refused;
    files.push({ path, url: addressOf(server, root, path), size });
    for (const depth of names.keys()) folders.add(names.slice(0, depth).join('/'));
  }
  folders.delete('');
  for (const folder of folders) {
    const refused = claim(folder, []);
    if (refused !== undefined) return refused;
  }
  return succeed({ files, folders: [...folders] });
}

/** Gives, of each path and the names that are new in it, why it can’t be taken; undefined when it can. */
function claimPaths(root: RemoteRoot): (path: string, names: readonly string[]) => Result<never> | undefined {
  const seen = new Map<string, string>();
  return (path, names) => {
    const refusal = names.map((name) => refusalOfName(name)).find((why) => why !== undefined);
    if (refusal !== undefined) return refuse(root, path, refusal);
    const other = seen.get(collisionKey(path));
    if (other !== undefined) return refuse(root, path, `is the same as “${shortened(other)}” on some file systems`);
    seen.set(collisionKey(path), path);
    if (seen.size <= MOST_ENTRIES) return undefined;
    return fail('too-many-files', `More than ${MOST_ENTRIES} files of the ${inWords(root)} are wanted.`);
  };
}

async function entriesOf(
  server: MlflowServer,
  root: RemoteRoot,
  folder: string,
  options: ReadRunsOptions,
): Promise<Result<Entry[] | undefined>> {
  const proxied = proxiedPath(server, root.address);
  // Only a server that passes artifacts through lists bare names; the others list paths below the root.
  const prefix = folder === '' || proxied !== undefined ? '' : `${folder}/`;
  return readPages<Entry>({
    ask: (page_token) => askForFolder(server, root, { proxied, folder, page_token }, options),
    items: 'files',
    read: (sent) => readEntry(sent, prefix),
    mostItems: MOST_ENTRIES,
    what: `the artifacts of the ${inWords(root)}`,
  });
}

function askForFolder(
  server: MlflowServer,
  { kind, id }: RemoteRoot,
  wanted: { readonly proxied: string | undefined; readonly folder: string; readonly page_token: string | undefined },
  options: ReadRunsOptions,
): Promise<Result<Answered>> {
  const { proxied, page_token } = wanted;
  const folder = wanted.folder === '' ? undefined : wanted.folder;
  if (proxied !== undefined) {
    const path = folder === undefined ? proxied : `${proxied}/${folder}`;
    return askMlflow(server, 'mlflow-artifacts/artifacts', { path, page_token }, options);
  }
  if (kind === 'run') {
    return askMlflow(server, 'mlflow/artifacts/list', { run_id: id, run_uuid: id, path: folder, page_token }, options);
  }
  const query = { artifact_directory_path: folder, page_token };
  return askMlflow(server, `mlflow/logged-models/${id}/artifacts/directories`, query, options);
}

/** A path that does not lie in its folder keeps its slashes, and is refused for them where it is wanted. */
function readEntry(sent: Sent, prefix: string): Entry {
  const path = text(field(sent, 'path'));
  const kind = field(sent, 'is_dir').json === true ? 'folder' : 'file';
  const size = optionalInteger(field(sent, 'file_size'));
  return {
    name: path.startsWith(prefix) ? path.slice(prefix.length) : `../${path}`,
    kind,
    size: kind === 'file' && size !== undefined && size >= 0 ? size : undefined,
  };
}

/**
 * Where MLflow’s own client gets a file: below `mlflow-artifacts` when the server passes the artifacts through, else
 * from the endpoint that its user interface uses.
 */
function addressOf(server: MlflowServer, root: RemoteRoot, path: string): string {
  const proxied = proxiedPath(server, root.address);
  if (proxied !== undefined) {
    const whole = `${proxied}/${path}`.split('/').map(encodeURIComponent).join('/');
    return `${server.base}/api/2.0/mlflow-artifacts/artifacts/${whole}`;
  }
  return root.kind === 'run'
    ? `${server.base}/get-artifact?${new URLSearchParams({ path, run_id: root.id, run_uuid: root.id })}`
    : `${server.base}/ajax-api/2.0/mlflow/logged-models/${root.id}/artifacts/files?${new URLSearchParams({ artifact_file_path: path })}`;
}

/** `a/b` of `mlflow-artifacts:/a/b`; undefined for every other address, and for one that names another server. */
function proxiedPath(server: MlflowServer, address: string): string | undefined {
  const listed = gitlabArtifacts(server, address);
  if (listed !== undefined) return listed;
  const { base } = server;
  const [, host, path] = /^mlflow-artifacts:(?:\/\/([^/]*))?\/*(.*)$/.exec(address) ?? [];
  if (path === undefined || (host !== undefined && host !== '' && host !== new URL(base).host)) return undefined;
  const names = path.split('/').filter((name) => name !== '');
  if (names.length === 0 || names.some((name) => name === '.' || name === '..' || name.includes('\\')))
    return undefined;
  return names.join('/');
}

/** Ids stand in the addresses that are asked. */
export function canBeAsked({ id }: RemoteRoot): boolean {
  return isPlainId(id);
}

function inWords({ kind, id }: RemoteRoot): string {
  return kind === 'run' ? `run “${shortened(id)}”` : `logged model “${shortened(id)}”`;
}

function refuse(root: RemoteRoot, path: string, why: string): Result<never> {
  return fail(
    'artifact-refused',
    `The artifact “${shortened(path)}” of the ${inWords(root)} is refused: its name ${why}.`,
  );
}
