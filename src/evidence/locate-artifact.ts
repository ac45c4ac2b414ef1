import { existsSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { fail, type Result, succeed } from '../base/result.ts';
import { listInWords } from '../base/text.ts';
import type { LoggedModel, Run } from '../runs/run.ts';
import { isGlob, MOST_MATCHES, matchFiles } from './glob.ts';
import { compareBytes, liesInside, relativeToPolicy } from './paths.ts';

/** Where paths in a policy start. */
export interface Places {
  readonly run: Pick<Run, 'artifactFolder' | 'models' | 'artifactsAre'>;
  /** Absolute folder of the policy. */
  readonly policyFolder: string;
}

/** What a path in a policy means: one file or folder, or the files that a glob matches, in byte order. */
export interface Located {
  readonly absolute: readonly string[];
  /** The same, relative to the policy's folder; as `run:…` where they are copies of what is on a server. */
  readonly relative: readonly string[];
}

const RUN_PREFIX = 'run:';

/**
 * Finds what a policy's path names. `run:a/b` is a path among the run's artifacts; when there is none, `a` names a
 * model that the run logged. Any other path is relative to the policy's folder.
 *
 * Absolute paths, `..`, `\` and symlinks that lead out of the root are refused; nothing there is a problem, too.
 */
export function locateArtifact(reference: string, places: Places): Result<Located> {
  const inRun = reference.startsWith(RUN_PREFIX);
  const path = inRun ? reference.slice(RUN_PREFIX.length) : reference;
  const refusal = refusalOf(path);
  if (refusal !== undefined) return fail('path-refused', `The path “${reference}” ${refusal}.`);
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (!inRun) return locateBelow(places.policyFolder, segments, reference, places.policyFolder);

  const { artifactFolder } = places.run;
  if (artifactFolder !== undefined) {
    const found = locateBelow(artifactFolder, segments, reference, places.policyFolder);
    if (found.ok) return inWriting(found.value, places, artifactFolder, '');
    if (found.problem.code !== 'artifact-missing') return found;
  }
  return locateInModel(segments, reference, places);
}

function locateInModel(segments: readonly string[], reference: string, { run, policyFolder }: Places): Result<Located> {
  const [name, ...rest] = segments;
  const named = run.models.filter((model) => model.name === name);
  if (named.length === 0 && isGlob(reference)) return fail('artifact-missing', `No file matches “${reference}”.`);
  if (named.length === 0) {
    return fail('artifact-missing', `The run has neither an artifact nor a logged model at “${reference}”.`);
  }
  const model = onlyUsableModel(named);
  if (!model.ok) return model;
  const { artifactFolder } = model.value;
  const found = locateBelow(artifactFolder, rest, reference, policyFolder);
  return found.ok ? inWriting(found.value, { run, policyFolder }, artifactFolder, `${model.value.name}/`) : found;
}

/** Copies lie elsewhere on each machine; assessments name them alike on all, or nobody could sign another's. */
function inWriting(found: Located, { run }: Places, root: string, prefix: string): Result<Located> {
  if (run.artifactsAre !== 'copies') return succeed(found);
  return succeed({
    ...found,
    relative: found.absolute.map((absolute) => RUN_PREFIX + prefix + relativeToPolicy(root, absolute)),
  });
}

/** The one model of those that is complete, and whose files are here. */
export function onlyUsableModel(
  models: readonly LoggedModel[],
): Result<LoggedModel & { readonly artifactFolder: string }> {
  const complete = models.filter((model) => model.status !== 'failed' && model.status !== 'pending');
  const [model, ...others] = complete;
  if (model === undefined) {
    return fail(
      'model-incomplete',
      `The logged model ${namesOf(models)} was not completed: its logging failed or is still going on.`,
    );
  }
  if (others.length > 0) {
    return fail(
      'model-ambiguous',
      `The run logged ${complete.length} models (${namesOf(complete)}); name one in \`run.artifact\` by a path that only it has.`,
    );
  }
  const { artifactFolder } = model;
  if (artifactFolder === undefined) {
    return fail(
      'artifact-missing',
      `The files of the logged model “${model.name}” (${model.id}) are not on this machine.`,
    );
  }
  return succeed({ ...model, artifactFolder });
}

function namesOf(models: readonly LoggedModel[]): string {
  return listInWords(models.map(({ name, id }) => `“${name}” ${id}`));
}

function refusalOf(path: string): string | undefined {
  if (path.includes('\0')) return 'has a null character in it';
  if (path.includes('\\')) return 'has a backslash in it; write paths with “/”';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path))
    return 'is absolute; paths start at the policy’s folder, or at the run’s artifacts after “run:”';
  if (path.split('/').includes('..')) return 'has “..” in it, which is refused';
  return undefined;
}

function locateBelow(
  root: string,
  segments: readonly string[],
  reference: string,
  policyFolder: string,
): Result<Located> {
  const path = segments.join('/');
  const literal = join(root, ...segments);
  const matched = isHere(literal) ? succeed([literal]) : globbed(root, path);
  if (!matched.ok) return fail(matched.problem.code, `In “${reference}”, ${matched.problem.message}.`);
  const found = matched.value;
  if (found.length === 0) return fail('artifact-missing', missingSentence(reference, literal));
  if (found.length > MOST_MATCHES) {
    return fail('too-many-files', `The path “${reference}” matches more than ${MOST_MATCHES} files.`);
  }
  for (const absolute of found) {
    if (!existsSync(absolute))
      return fail('artifact-missing', `“${reference}” is a symbolic link to something that is not there.`);
    if (!liesInside(root, absolute)) {
      return fail(
        'path-refused',
        `“${reference}” leads out of ${root === policyFolder ? 'the policy’s folder' : 'the run’s artifacts'} by a symbolic link, which is refused.`,
      );
    }
  }
  const relative = found.map((absolute) => relativeToPolicy(policyFolder, absolute));
  return succeed({ absolute: found, relative });
}

/** A symbolic link is here even when what it names is not. */
function isHere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function globbed(root: string, path: string): Result<string[]> {
  if (!isGlob(path)) return succeed([]);
  const matched = matchFiles(root, path);
  return matched.ok ? succeed(matched.value.map((match) => join(root, match)).sort(compareBytes)) : matched;
}

function missingSentence(reference: string, literal: string): string {
  if (isGlob(reference)) return `No file matches “${reference}”.`;
  if (existsSync(`${literal}.dvc`)) return `“${reference}” is not here: DVC keeps it elsewhere; run \`dvc pull\`.`;
  return `“${reference}” does not exist.`;
}
