import { existsSync, promises } from 'node:fs';
import { join } from 'node:path';
import { isGlob } from '../base/name-pattern.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { listInWords } from '../base/text.ts';
import { isModelUri, type ModelUri, parseModelUri } from '../policy/model-uri.ts';
import type { RegisteredVersion, Run } from '../runs/run.ts';
import { locateArtifact, onlyUsableModel, type Places } from './locate-artifact.ts';

/** As `Places`, and what else of the run says where its model is. */
export interface ModelPlaces extends Places {
  readonly run: Pick<Run, 'artifactFolder' | 'models' | 'registered'>;
}

const DVC_SUFFIX = '.dvc';

/**
 * Absolute path of the model: a folder or one file. It need not be there when DVC's pointer is beside it.
 *
 * @param reference the policy's `run.artifact`: a path, or a model's address; without it, the one model of the run
 */
export async function locateModel(reference: string | undefined, places: ModelPlaces): Promise<Result<string>> {
  if (reference === undefined) return loggedModel(places);
  return isModelUri(reference) ? addressedModel(reference, places) : pathOf(reference, places);
}

function pathOf(reference: string, places: ModelPlaces): Result<string> {
  const located = locateArtifact(reference, places);
  if (!located.ok) {
    const pointed = located.problem.code === 'artifact-missing' ? pathOfPointed(reference, places) : undefined;
    return pointed === undefined ? located : succeed(pointed);
  }
  const [path, ...others] = located.value.absolute;
  if (path === undefined || others.length > 0) {
    return fail(
      'model-ambiguous',
      `The model’s path “${reference}” matches ${others.length + 1} files; name one file or one folder.`,
    );
  }
  return succeed(path);
}

/** The path that DVC's pointer stands beside. */
function pathOfPointed(reference: string, places: ModelPlaces): string | undefined {
  if (isGlob(reference)) return undefined;
  const pointer = locateArtifact(`${reference.replace(/\/+$/, '')}${DVC_SUFFIX}`, places);
  const [path, ...others] = pointer.ok ? pointer.value.absolute : [];
  return others.length === 0 ? path?.slice(0, -DVC_SUFFIX.length) : undefined;
}

/** Only a model of this very run: another one's files were not what the checks looked at. */
function addressedModel(reference: string, { run }: ModelPlaces): Result<string> {
  const uri = parseModelUri(reference);
  if (uri === undefined) {
    return fail(
      'path-refused',
      `“${reference}” names no model: write a version, an alias or the id of a logged model.`,
    );
  }
  if (uri.kind !== 'logged') return registeredModel(reference, uri, run.registered);
  const named = run.models.filter(({ id }) => id === uri.id);
  if (named.length === 0) {
    return fail(
      'model-of-another-run',
      `The run did not log the model “${uri.id}”, so that it can’t be signed for here.`,
    );
  }
  const model = onlyUsableModel(named);
  return model.ok ? succeed(model.value.artifactFolder) : model;
}

function registeredModel(
  reference: string,
  uri: Exclude<ModelUri, { readonly kind: 'logged' }>,
  registered: readonly RegisteredVersion[],
): Result<string> {
  const sameName = registered.filter(({ name }) => name === uri.name);
  const matching = sameName.filter(({ version, aliases }) =>
    uri.kind === 'version' ? version === uri.version : aliases.includes(uri.alias),
  );
  const [version, ...others] = matching;
  if (version === undefined) {
    return fail(
      'model-of-another-run',
      `“${reference}” is not a model of this run: ${whatIsRegistered(uri.name, sameName)}.`,
    );
  }
  if (others.length > 0) {
    return fail(
      'model-ambiguous',
      `“${reference}” names ${matching.length} versions of the run’s model; name one by its number.`,
    );
  }
  if (version.artifactFolder === undefined) {
    return fail(
      'artifact-missing',
      `The files of version ${version.version} of the registered model “${version.name}” are not on this machine.`,
    );
  }
  return succeed(version.artifactFolder);
}

function whatIsRegistered(name: string, versions: readonly RegisteredVersion[]): string {
  if (versions.length === 0) return `the run has no version of a registered model “${name}”`;
  const words = versions.map(({ version, aliases }) => [version, ...aliases.map((alias) => `@${alias}`)].join(' '));
  return `of “${name}” it has ${versions.length === 1 ? 'version' : 'versions'} ${listInWords(words)}`;
}

/** MLflow 3 says which models a run logged; before, a model is a folder among the run's artifacts with an `MLmodel`. */
async function loggedModel({ run }: ModelPlaces): Promise<Result<string>> {
  if (run.models.length > 0) {
    const model = onlyUsableModel(run.models);
    return model.ok ? succeed(model.value.artifactFolder) : model;
  }
  const { artifactFolder } = run;
  const entries = artifactFolder === undefined ? [] : await promises.readdir(artifactFolder).catch(() => []);
  const folders = entries.filter((name) => existsSync(join(artifactFolder as string, name, 'MLmodel')));
  const [folder, ...others] = folders;
  if (folder === undefined)
    return fail('artifact-missing', 'The run logged no model; name its files in `run.artifact`.');
  if (others.length > 0) {
    return fail('model-ambiguous', `The run logged ${folders.length} models; name one in \`run.artifact\`.`);
  }
  return succeed(join(artifactFolder as string, folder));
}
