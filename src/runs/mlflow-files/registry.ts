import type { LoggedModel, RegisteredVersion } from '../run.ts';
import { compareText } from './linked-things.ts';
import { type Meta, metaText, readMetaFile } from './meta-yaml.ts';
import { locateOwnFolder } from './own-folder.ts';
import { readTexts } from './run-texts.ts';
import { below, listFolder, type StorePath } from './store-files.ts';

const DELETED = 'Deleted_Internal';
const VERSION_FOLDER = /^version-(\d{1,15})$/;

interface Owner {
  readonly runId: string;
  readonly models: readonly LoggedModel[];
}

/**
 * Versions of registered models that are this run's, or of a model that it logged; by name, then version. What of the
 * registry can't be read belongs to no run that could be told, and is left out.
 */
export function readRegistered(store: StorePath, owner: Owner): RegisteredVersion[] {
  const registry = below(store, 'models');
  const found: (RegisteredVersion & { readonly number: number })[] = [];
  for (const name of foldersIn(registry)) {
    const model = below(registry, name);
    let aliases: ReadonlyMap<string, string> | undefined;
    for (const folder of foldersIn(model)) {
      const version = VERSION_FOLDER.exec(folder)?.[1];
      if (version === undefined) continue;
      const read = readMetaFile(below(model, folder, 'meta.yaml'));
      if (!read.ok || read.value === undefined || metaText(read.value, 'current_stage') === DELETED) continue;
      if ((metaText(read.value, 'version') ?? version) !== version || !isOwned(read.value, owner)) continue;
      aliases ??= textsIn(below(model, 'aliases'));
      found.push({
        name,
        version,
        number: Number(version),
        aliases: [...aliases].filter(([, target]) => target.trim() === version).map(([alias]) => alias),
        tags: textsIn(below(model, folder, 'tags')),
        artifactFolder: folderOf(read.value, owner, store),
      });
    }
  }
  return found
    .sort((a, b) => compareText(a.name, b.name) || a.number - b.number)
    .map(({ number: _, ...version }) => version);
}

function isOwned(meta: Meta, owner: Owner): boolean {
  return metaText(meta, 'run_id') === owner.runId || modelOf(meta, owner) !== undefined;
}

/** The run's logged model that the version was made of. */
function modelOf(meta: Meta, { models }: Owner): LoggedModel | undefined {
  const id = metaText(meta, 'model_id');
  const source = metaText(meta, 'source') ?? '';
  return models.find((model) => model.id === id || source.split(/[\\/]/).includes(model.id));
}

/** A version of one of its models has that model's files; else the address must lead below the run's own folder. */
function folderOf(meta: Meta, owner: Owner, store: StorePath): string | undefined {
  const model = modelOf(meta, owner);
  if (model !== undefined) return model.artifactFolder;
  const address = metaText(meta, 'storage_location') ?? metaText(meta, 'source');
  return locateOwnFolder(address, owner.runId, store.absolute, undefined);
}

function foldersIn(path: StorePath): readonly string[] {
  const entries = listFolder(path);
  return entries.ok ? (entries.value ?? []).filter(({ kind }) => kind === 'folder').map(({ name }) => name) : [];
}

function textsIn(path: StorePath): ReadonlyMap<string, string> {
  const texts = readTexts(path);
  return texts.ok ? texts.value : new Map();
}
