import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { digestFiles } from '../../base/digest-files.ts';
import { sha256Hex } from '../../base/hashing.ts';
import type { Problem } from '../../base/result.ts';
import { TOOL } from '../../base/tool.ts';
import type { Assessment } from '../../checks/assessment.ts';
import type { Plot } from '../../checks/plots/plot.ts';
import { listModelFiles, type ModelFiles } from '../../evidence/model-files.ts';
import { parsePolicy } from '../../policy/parse.ts';
import type { Policy } from '../../policy/schema.ts';
import type { OpenRuns } from '../../runs/open-runs.ts';
import type { Run } from '../../runs/run.ts';
import { inputStamps } from './input-stamps.ts';
import type { Look } from './newest-look.ts';
import { shownDigests } from './shown-digests.ts';
import { comparesWithApproved } from './still-true.ts';

/** Changes with the shape of what is stored; the program's version is held beside it. */
const FORMAT = 2;
/** Pictures of very many points are drawn anew sooner than they are read. */
const MOST_BYTES = 32 * 1024 * 1024;
/** A policy's look takes the place of its own; beyond so many policies the oldest goes. */
const MOST_STORED = 20;

/** A look as it lies on disk: what is computed from, by digest, and what came out. */
interface StoredLook {
  readonly format: number;
  readonly tool: string;
  readonly policyFile: string;
  readonly policyBytes: Uint8Array;
  /** Run id -> digest of all that the store had of it. */
  readonly runs: ReadonlyMap<string, string>;
  readonly run: string;
  readonly stamps: string;
  /** The bytes of the assessment. */
  readonly assessment: Uint8Array;
  readonly modelFiles: ModelFiles;
  readonly problems: readonly Problem[];
  readonly plots: readonly Plot[];
}

export interface RestoreQuestion {
  readonly policyFile: string;
  readonly runs: OpenRuns;
  /** The run that the checklist would be about now. */
  readonly run: string | undefined;
  readonly runNames: ReadonlyMap<string, string>;
  readonly signal: AbortSignal;
}

/**
 * Keeps a look for when the folder is opened again. Nothing is kept of one that compares with what is approved, since
 * git may say something else by then, nor of one whose inputs can't all be told. Never fails: it only saves time.
 */
export async function storeLook(folder: string, { assessed, digest, runs, stamps, plots }: Look): Promise<void> {
  const { policyFile, policyBytes, policy, run, bytes, modelFiles, problems } = assessed;
  if (stamps === undefined || modelFiles === undefined || comparesWithApproved(policy)) return;
  try {
    const stored: StoredLook = {
      ...{
        format: FORMAT,
        tool: TOOL.version,
        policyFile,
        policyBytes,
        run: run.id,
        stamps,
        modelFiles,
        problems,
        plots,
      },
      runs: new Map([...runs].map(([id, each]) => [id, digestOfRun(each)])),
      assessment: bytes,
    };
    const content = serialize(stored);
    if (content.length > MOST_BYTES || sha256Hex(bytes) !== digest) return;
    await mkdir(folder, { recursive: true });
    const file = fileOf(folder, policyFile);
    const written = `${file}.${randomUUID()}`;
    await writeFile(written, Buffer.concat([Buffer.from(sha256Hex(content), 'hex'), content]), { mode: 0o600 });
    await rename(written, file);
    await forgetOldest(folder);
  } catch {
    // A full disk costs the next opening some time.
  }
}

/**
 * The look that was stored, where everything that it was made from is the same to the byte: the policy, the runs, the
 * model's files and every file that an outcome names are digested again. Undefined where anything differs or can't be
 * told. Like every look it is for showing only.
 */
export async function restoreLook(folder: string, question: RestoreQuestion): Promise<Look | undefined> {
  const { policyFile, run, runs, runNames, signal } = question;
  const stored = await readStored(fileOf(folder, policyFile));
  if (stored === undefined || stored.policyFile !== policyFile || stored.run !== run) return undefined;
  // Artifacts that are brought here stand in other folders than the run itself says.
  if (runs.fetchArtifacts !== undefined || !(await isContentOf(policyFile, stored.policyBytes))) return undefined;
  const { policyBytes } = stored;
  const { value: policy, positions } = parsePolicy(Buffer.from(policyBytes).toString('utf8'), basename(policyFile));
  if (policy === undefined) return undefined;
  const loaded = await loadSame(runs, stored.runs, signal);
  const own = loaded?.get(stored.run);
  if (loaded === undefined || own === undefined) return undefined;
  const stamps = inputStamps(policy, loaded.values(), { policyFile, since: Number.POSITIVE_INFINITY });
  if (stamps !== stored.stamps) return undefined;
  const assessment = JSON.parse(Buffer.from(stored.assessment).toString('utf8')) as Assessment;
  if (!(await isSameContent(stored, assessment, { policy, run: own, signal }))) return undefined;
  const { assessment: bytes, modelFiles, problems, plots } = stored;
  return {
    assessed: {
      ...{ assessment, bytes, policyFile, policyBytes, policy, positions },
      ...{ run: own, source: runs.source, modelFiles, problems },
    },
    ...{ digest: sha256Hex(bytes), runs: loaded, stamps, runNames, plots },
  };
}

async function readStored(file: string): Promise<StoredLook | undefined> {
  try {
    if ((await stat(file)).size > MOST_BYTES + 32) return undefined;
    const content = await readFile(file);
    const payload = content.subarray(32);
    if (sha256Hex(payload) !== content.subarray(0, 32).toString('hex')) return undefined;
    const stored = deserialize(payload) as StoredLook;
    return stored.format === FORMAT && stored.tool === TOOL.version ? stored : undefined;
  } catch {
    return undefined;
  }
}

async function isContentOf(file: string, bytes: Uint8Array): Promise<boolean> {
  try {
    return Buffer.compare(await readFile(file), bytes) === 0;
  } catch {
    return false;
  }
}

async function loadSame(
  runs: OpenRuns,
  stored: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Run> | undefined> {
  const loaded = new Map<string, Run>();
  for (const [id, digest] of stored) {
    const run = await runs.load(id, { signal });
    if (!run.ok || digestOfRun(run.value) !== digest) return undefined;
    loaded.set(id, run.value);
  }
  return loaded;
}

async function isSameContent(
  { policyFile, modelFiles }: StoredLook,
  { outcomes }: Assessment,
  { policy, run, signal }: { readonly policy: Policy; readonly run: Run; readonly signal: AbortSignal },
): Promise<boolean> {
  const policyFolder = dirname(policyFile);
  const model = await listModelFiles(policy.run.artifact, {
    ...{ run, policyFolder, signal, cache: shownDigests, pointers: 'resolve pointers' },
  });
  if (!model.ok || model.value.modelId !== modelFiles.modelId || model.value.folder !== modelFiles.folder) return false;
  const evidence = new Map(outcomes.flatMap((outcome) => outcome.evidence.map(({ path, sha256 }) => [path, sha256])));
  const files = [...evidence.keys()].map((path) => ({ path: resolve(policyFolder, path), calledAs: path }));
  try {
    const found = await digestFiles(files, { links: 'follow links', signal, cache: shownDigests });
    const digests = [...evidence.values()];
    return found.ok && found.value.every(({ digest }, index) => digest === digests[index]);
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

/** Everything that the store has of a run, whatever the order in which it has it. */
function digestOfRun(run: Run): string {
  return sha256Hex(serialize(run));
}

function fileOf(folder: string, policyFile: string): string {
  return join(folder, `${sha256Hex(policyFile)}.look`);
}

async function forgetOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.includes('.look'));
  if (names.length <= MOST_STORED) return;
  const ages = await Promise.all(names.map(async (name) => ({ name, age: (await stat(join(folder, name))).mtimeMs })));
  for (const { name } of ages.toSorted((one, other) => other.age - one.age).slice(MOST_STORED)) {
    await rm(join(folder, name), { force: true });
  }
}
