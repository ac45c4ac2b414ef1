import { statfs } from 'node:fs/promises';
import { download } from '../base/http-download.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { formatNumber } from '../base/text.ts';
import type { ArtifactCache, CachedFile } from './artifact-cache.ts';
import { forEach, type MlflowServer } from './mlflow-api.ts';
import type { RemoteFile } from './mlflow-server-artifacts.ts';
import type { ReadRunsOptions } from './open-runs.ts';

const DEFAULT_MOST_BYTES = 2 * 1024 ** 3;
const MOST_BYTES_VARIABLE = 'MODEL_SIGNOFF_MOST_ARTIFACT_BYTES';
/** Left for everybody else on the disk. */
const SPARED_BYTES = 256 * 1024 ** 2;
const MEGABYTE = 1024 ** 2;
const AT_ONCE = 4;

/** How many bytes of one run are fetched at most; a problem when the environment says something else than a number. */
export function mostArtifactBytes(environment: Readonly<Record<string, string | undefined>>): Result<number> {
  const said = environment[MOST_BYTES_VARIABLE];
  if (said === undefined || said === '') return succeed(DEFAULT_MOST_BYTES);
  const bytes = Number(said);
  if (/^\d+$/.test(said) && Number.isSafeInteger(bytes)) return succeed(bytes);
  return fail('environment-malformed', `${MOST_BYTES_VARIABLE} is not a whole number of bytes; correct or remove it.`);
}

/**
 * Brings files into the cache; what each one contains is given in their order.
 *
 * Artifacts may be written again at the same address, after the run has finished, too. So a copy is used again only
 * when the server itself says that it has not changed: asked with the strong entity tag of the copy, it answers 304;
 * and only when the copy still has its sha256. From a server without such tags every file is fetched again.
 */
export async function fetchFiles(
  server: MlflowServer,
  cache: ArtifactCache,
  files: readonly RemoteFile[],
  options: ReadRunsOptions,
): Promise<Result<CachedFile[]>> {
  const bound = mostArtifactBytes(process.env);
  if (!bound.ok) return bound;
  const listed = files.reduce((sum, { size }) => sum + (size ?? 0), 0);
  if (listed > bound.value) return tooLarge(bound.value);
  try {
    await cache.prepare();
    const { bavail, bsize } = await statfs(cache.folder);
    if (bavail * bsize < listed + SPARED_BYTES) {
      return fail(
        'disk-full',
        `The disk has no room for the ${inMegabytes(listed)} of the run’s artifacts; make room in “${cache.folder}”.`,
      );
    }
    const counted = { bytes: 0 };
    const report = (bytes: number) => {
      counted.bytes += bytes;
      options.reportProgress?.({
        message: `Fetching artifacts: ${inMegabytes(counted.bytes)} of ${inMegabytes(Math.max(listed, counted.bytes))}`,
        ...(listed > 0 ? { fraction: Math.min(counted.bytes / listed, 1) } : {}),
      });
    };
    // Where a size is not known, one file at a time: together they could pass the bound.
    const atOnce = files.some(({ size }) => size === undefined) ? 1 : AT_ONCE;
    const fetchOne = async (file: RemoteFile): Promise<Result<CachedFile>> => {
      const mostBytes = file.size ?? bound.value - counted.bytes;
      const fetched = await fetchFile({ server, cache, file, mostBytes, report, options });
      if (!fetched.ok && fetched.problem.code === 'http-too-large' && file.size === undefined) {
        return tooLarge(bound.value);
      }
      return fetched;
    };
    return await forEach(files, fetchOne, atOnce);
  } catch (error) {
    options.signal?.throwIfAborted();
    return cacheProblem(cache, error);
  }
}

/** What the system says against keeping files there, as a problem; throws what is no word of the system's. */
export function cacheProblem(cache: ArtifactCache, error: unknown): Result<never> {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return fail(
    code === 'ENOSPC' || code === 'EDQUOT' ? 'disk-full' : 'cache-unusable',
    `The run’s artifacts can’t be kept in “${cache.folder}”: ${message}.`,
  );
}

interface Fetch {
  readonly server: MlflowServer;
  readonly cache: ArtifactCache;
  readonly file: RemoteFile;
  readonly mostBytes: number;
  /** Told of each further number of bytes. */
  readonly report: (bytes: number) => void;
  readonly options: ReadRunsOptions;
}

async function fetchFile(wanted: Fetch): Promise<Result<CachedFile>> {
  const { server, cache, file, mostBytes, report, options } = wanted;
  const { signal } = options;
  const noted = await cache.tagOf(file.url);
  const copy =
    noted !== undefined && (file.size ?? noted.size) === noted.size && (await cache.has(noted, signal))
      ? noted
      : undefined;
  const partial = cache.newPartial();
  let reported = 0;
  const downloaded = await download({
    url: file.url,
    file: partial,
    ...{ mostBytes, signal, credential: server.credential, advice: server.advice },
    expectedBytes: file.size,
    unlessTag: copy?.tag,
    // Storage may answer in the server's place, at an address that is signed for it.
    redirects: 'any origin',
    reportBytes: (bytes) => {
      report(bytes - reported);
      reported = bytes;
    },
  });
  if (!downloaded.ok) return downloaded;
  const { value } = downloaded;
  if (value.kind === 'unchanged') {
    if (copy === undefined) {
      return fail('http-download-refused', `The server says that an artifact has not changed which was never fetched.`);
    }
    report(copy.size);
    return succeed({ sha256: copy.sha256, size: copy.size });
  }
  const kept = { sha256: value.sha256, size: value.bytes };
  await cache.keep(partial, kept);
  if (value.tag !== undefined) await cache.rememberTag(file.url, { ...kept, tag: value.tag });
  return succeed(kept);
}

function tooLarge(mostBytes: number): Result<never> {
  return fail(
    'artifacts-too-large',
    `The run’s artifacts that are wanted have more than the ${formatNumber(mostBytes)} bytes that are fetched at most; raise ${MOST_BYTES_VARIABLE} in the environment, or name fewer files.`,
  );
}

function inMegabytes(bytes: number): string {
  return `${formatNumber(Math.ceil((bytes / MEGABYTE) * 10) / 10)} MB`;
}
