import { lstatSync } from 'node:fs';
import { type Result, succeed } from '../../base/result.ts';
import type { MetricPoint, Run } from '../run.ts';
import { readInputs, readModels } from './linked-things.ts';
import { locateOwnFolder } from './own-folder.ts';
import { readRegistered } from './registry.ts';
import { type Experiment, nameInTags, readRunMeta } from './run-meta.ts';
import { readHistory } from './run-metrics.ts';
import { readTexts } from './run-texts.ts';
import { below, isFolder, notFileWords, type StorePath, unreadable } from './store-files.ts';

const PARTS = ['metrics', 'params', 'tags', 'inputs', 'outputs'] as const;

/**
 * Everything that one run left; undefined when the experiment has no such run, or it is deleted. Where a part of it
 * can't be understood, there is only the problem: a run whose evidence is damaged is not judged by the rest of it.
 */
export function readWholeRun(store: StorePath, experiment: Experiment, id: string): Result<Run | undefined> {
  const folder = below(store, experiment.folder, id);
  if (!isFolder(folder)) return succeed(undefined);
  const meta = readRunMeta(store, experiment, id);
  if (!meta.ok || meta.value === undefined) return meta.ok ? succeed(undefined) : meta;
  const refused = refuseLinks(folder);
  if (!refused.ok) return refused;
  const history = readHistory(below(folder, 'metrics'));
  if (!history.ok) return history;
  const params = readTexts(below(folder, 'params'));
  if (!params.ok) return params;
  const tags = readTexts(below(folder, 'tags'));
  if (!tags.ok) return tags;
  const inputs = readInputs(store, experiment, id);
  if (!inputs.ok) return inputs;
  const models = readModels(store, experiment, id);
  if (!models.ok) return models;
  const { artifactUri, ...summary } = meta.value;
  const byName = new Map([...history.value].sort(([a], [b]) => (a < b ? -1 : 1)));
  return succeed({
    ...summary,
    name: summary.name ?? nameInTags(folder) ?? id,
    metrics: latestOf(byName),
    params: params.value,
    tags: tags.value,
    history: byName,
    inputs: inputs.value,
    models: models.value,
    registered: readRegistered(store, { runId: id, models: models.value }),
    artifactFolder: locateOwnFolder(artifactUri, id, store.absolute, folder.absolute),
  });
}

/** The parts of a run lie in its own folder: one that is a link could be another run's. */
function refuseLinks(run: StorePath): Result<undefined> {
  for (const part of PARTS) {
    const path = below(run, part);
    if (isFolder(path)) continue;
    const kind = kindOf(path);
    if (kind === 'link') return unreadable(path, notFileWords('link'));
    if (kind === 'other') return unreadable(path, 'is not a folder');
  }
  return succeed(undefined);
}

function kindOf({ absolute }: StorePath): 'absent' | 'link' | 'other' {
  const found = lstatSync(absolute, { throwIfNoEntry: false });
  if (found === undefined) return 'absent';
  return found.isSymbolicLink() ? 'link' : 'other';
}

function latestOf(history: ReadonlyMap<string, readonly MetricPoint[]>): Map<string, MetricPoint> {
  return new Map(
    [...history].flatMap(([name, points]) => {
      const latest = points.at(-1);
      return latest === undefined ? [] : [[name, latest]];
    }),
  );
}
