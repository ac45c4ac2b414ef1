import { Buffer } from 'node:buffer';
import { type Result, succeed } from '../../base/result.ts';
import type { LoggedModel, RunInput } from '../run.ts';
import { type Meta, metaText, parseMeta, readMetaFile } from './meta-yaml.ts';
import { locateOwnFolder } from './own-folder.ts';
import type { Experiment } from './run-meta.ts';
import { below, listFolder, readNamedFile, type StorePath, textOf, unreadable, unreadableLine } from './store-files.ts';

const MODEL_STATUSES = ['unspecified', 'pending', 'ready', 'failed'] as const;
const MOST_DATASET_BYTES = 32 * 1024 * 1024;
/** Keys of a data set's description that can be megabytes long; its name and digest stand before them. */
const LONG_KEYS = /\n(?:profile|schema): /;

/** Data sets that the run names as its inputs, by name, then digest. */
export function readInputs(store: StorePath, experiment: Experiment, runId: string): Result<RunInput[]> {
  const folder = below(store, experiment.folder, runId, 'inputs');
  const links = listFolder(folder);
  if (!links.ok) return links;
  const inputs: RunInput[] = [];
  for (const { name, kind } of links.value ?? []) {
    if (kind !== 'folder') continue;
    const link = readMetaFile(below(folder, name, 'meta.yaml'));
    if (!link.ok) return link;
    if (link.value === undefined || !['DATASET', '2'].includes(metaText(link.value, 'source_type') ?? '')) continue;
    const id = metaText(link.value, 'source_id');
    if (id === undefined || !isOneName(id)) continue;
    const dataset = readDataset(below(store, experiment.folder, 'datasets', id, 'meta.yaml'));
    if (!dataset.ok) return dataset;
    if (dataset.value === undefined) continue;
    const tags = link.value.get('tags');
    const context = tags instanceof Map ? tags.get('mlflow.data.context') : undefined;
    inputs.push({ ...dataset.value, context });
  }
  return succeed(inputs.sort((a, b) => compareText(a.name, b.name) || compareText(a.digest, b.digest)));
}

/** Models that the run logged, or that it names among its outputs; in the order of their creation. */
export function readModels(store: StorePath, experiment: Experiment, runId: string): Result<LoggedModel[]> {
  const outputs = listFolder(below(store, experiment.folder, runId, 'outputs'));
  if (!outputs.ok) return outputs;
  const named = new Set((outputs.value ?? []).filter(({ kind }) => kind === 'folder').map(({ name }) => name));
  const folder = below(store, experiment.folder, 'models');
  const entries = listFolder(folder);
  if (!entries.ok) return entries;
  const found: { readonly meta: Meta; readonly id: string }[] = [];
  for (const { name, kind } of entries.value ?? []) {
    if (kind !== 'folder') continue;
    const path = below(folder, name, 'meta.yaml');
    // There may be ten thousand models of other runs: those that never mention this one are not parsed.
    const bytes = readNamedFile(path, MOST_DATASET_BYTES);
    if (!bytes.ok) {
      if (named.has(name)) return bytes;
      continue;
    }
    if (bytes.value === undefined || (!named.has(name) && !Buffer.from(bytes.value).includes(runId))) continue;
    const meta = readMetaFile(path);
    if (!meta.ok) return meta;
    if (meta.value === undefined || metaText(meta.value, 'lifecycle_stage') === 'deleted') continue;
    if (metaText(meta.value, 'model_id') !== name) return unreadable(path, 'names a model that is not its folder’s');
    if (named.has(name) || metaText(meta.value, 'source_run_id') === runId) found.push({ meta: meta.value, id: name });
  }
  const created = ({ meta }: { readonly meta: Meta }): number => Number(metaText(meta, 'creation_timestamp') ?? 0) || 0;
  return succeed(
    found
      .sort((a, b) => created(a) - created(b) || compareText(a.id, b.id))
      .map(({ meta, id }) => ({
        id,
        name: metaText(meta, 'name') ?? id,
        status: modelStatus(metaText(meta, 'status')),
        artifactFolder: locateOwnFolder(
          metaText(meta, 'artifact_location'),
          id,
          store.absolute,
          below(folder, id).absolute,
        ),
      })),
  );
}

/** Whether a text from a file is the name of one entry of a folder, and no way to elsewhere. */
export function isOneName(text: string): boolean {
  return text !== '' && text !== '.' && text !== '..' && !/[/\\\0]/.test(text);
}

export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function readDataset(path: StorePath): Result<{ name: string; digest: string } | undefined> {
  const bytes = readNamedFile(path, MOST_DATASET_BYTES);
  if (!bytes.ok || bytes.value === undefined) return bytes.ok ? succeed(undefined) : bytes;
  const text = textOf(bytes.value);
  if (text === undefined) return unreadable(path, 'is not a text');
  const long = text.search(LONG_KEYS);
  const meta = parseMeta(long < 0 ? text : text.slice(0, long + 1));
  if ('what' in meta) return unreadableLine(path, meta.line, meta.what);
  const [name, digest] = [metaText(meta, 'name'), metaText(meta, 'digest')];
  if (name === undefined || digest === undefined) return unreadable(path, 'names no data set');
  return succeed({ name, digest });
}

function modelStatus(status: string | undefined): LoggedModel['status'] {
  const byNumber = MODEL_STATUSES[Number(status ?? 0)];
  if (byNumber !== undefined) return byNumber;
  return MODEL_STATUSES.find((name) => name === status?.toLowerCase()) ?? 'unspecified';
}
