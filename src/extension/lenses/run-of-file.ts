import { basename, dirname, extname, relative, resolve, sep } from 'node:path';
import type { RunLine } from '../engine/run-line.ts';
import type { Snapshot } from '../state/snapshot.ts';

/** What a file that training left is to a reader. */
export type RunFileKind = 'run' | 'model' | 'metrics' | 'table' | 'pipeline';

export interface RunFile {
  readonly kind: RunFileKind;
  readonly run: RunLine;
}

export interface TextFile {
  /** Absolute. */
  readonly path: string;
  /** The beginning of the text; an `MLmodel` names its run there. */
  readonly head: string;
}

type Known = Pick<Snapshot, 'policyFile' | 'policy' | 'source' | 'runs' | 'assessed'>;

/** As DVC's reader calls what is not committed yet. */
const WORKSPACE = 'workspace';
const TABLES = new Set(['.csv', '.tsv', '.ndjson', '.jsonl']);
const VALUES = new Set(['.json', '.yaml', '.yml', '.toml']);
const RUN_OF_MODEL = /^run_id: *['"]?([\w-]+)/m;

/**
 * The run that a text file belongs to, and as what; undefined for files of no run that is known. A run is found by its id
 * in the path, in an `MLmodel` by the id that stands there, in a DVC project by the project's own files.
 */
export function runOfFile(file: TextFile, known: Known): RunFile | undefined {
  const kind = kindOf(file.path, known);
  if (kind === undefined) return undefined;
  const run = namedRun(file, known) ?? shownRunOf(file, kind, known);
  return run && { kind, run };
}

function kindOf(path: string, { source }: Known): RunFileKind | undefined {
  const name = basename(path);
  const extension = extname(name).toLowerCase();
  if (name === 'MLmodel') return 'model';
  if (name === 'meta.yaml') return 'run';
  if (name === 'dvc.yaml' || name === 'dvc.lock') return source?.kind === 'dvc' ? 'pipeline' : undefined;
  // The file store keeps a file for each metric.
  if (basename(dirname(path)) === 'metrics' && extension === '') return 'metrics';
  if (VALUES.has(extension) && /metric|summary|scores?|results?/i.test(name)) return 'metrics';
  return TABLES.has(extension) ? 'table' : undefined;
}

function namedRun({ path, head }: TextFile, known: Known): RunLine | undefined {
  const byId = runsById(known.runs);
  const ofModel = basename(path) === 'MLmodel' ? RUN_OF_MODEL.exec(head)?.[1] : undefined;
  const named = ofModel === undefined ? undefined : byId.get(ofModel);
  if (named !== undefined) return named;
  const below = pathBelowPolicy(path, known);
  if (below === undefined) return undefined;
  const segments = dirname(below).split('/');
  if (known.source?.kind === 'folder') return runFolderOf(segments, byId);
  // The innermost wins: a run may lie in a folder that is called like another.
  return segments.toReversed().flatMap((segment) => byId.get(segment) ?? [])[0];
}

/** The ids of a folder's runs are paths below the part of the policy's path that has no glob. */
function runFolderOf(segments: readonly string[], byId: ReadonlyMap<string, RunLine>): RunLine | undefined {
  for (let end = segments.length; end > 0; end -= 1) {
    for (let start = 0; start < end; start += 1) {
      const run = byId.get(segments.slice(start, end).join('/'));
      if (run !== undefined) return run;
    }
  }
  return undefined;
}

/** Files that lie in no run's own folder are of the run in the checklist, where that was judged by them. */
function shownRunOf({ path }: TextFile, kind: RunFileKind, known: Known): RunLine | undefined {
  const shown = known.runs.find(({ id }) => id === known.assessed?.assessment.run.id);
  const isProjects = known.source?.kind === 'dvc' && (kind === 'pipeline' || kind === 'metrics');
  // What lies in a DVC project's folder is not committed yet, where it differs from the last commit at all.
  if (isProjects) return runsById(known.runs).get(WORKSPACE) ?? shown;
  const below = pathBelowPolicy(path, known);
  const outcomes = known.assessed?.assessment.outcomes ?? [];
  const isEvidence = outcomes.some(({ evidence }) => evidence.some((each) => each.path === below));
  return isEvidence ? shown : undefined;
}

/** Relative to the policy's folder, `/`-separated; undefined where there is no policy. */
function pathBelowPolicy(path: string, { policyFile }: Known): string | undefined {
  if (policyFile === undefined) return undefined;
  return relative(dirname(policyFile), resolve(path)).split(sep).join('/');
}

const indexes = new WeakMap<readonly RunLine[], ReadonlyMap<string, RunLine>>();

/** Made once for each list: there may be ten thousand runs, and every file that is opened asks. */
function runsById(runs: readonly RunLine[]): ReadonlyMap<string, RunLine> {
  const known = indexes.get(runs);
  if (known !== undefined) return known;
  const index = new Map(runs.map((run) => [run.id, run]));
  indexes.set(runs, index);
  return index;
}
