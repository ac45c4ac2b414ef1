import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { scrubbedEnvironment } from './environment.ts';
import type { Repository } from './repository.ts';
import { type GitPlace, gitProgram, readerOptions } from './run-git.ts';

export type ObjectType = 'commit' | 'tree' | 'blob' | 'tag';

export interface GitObject {
  readonly oid: string;
  readonly type: ObjectType;
  readonly content: Buffer;
}

/** An object whose bytes are not what its name promises: git itself does not look when it reads one. */
export class CorruptObjectError extends Error {
  override readonly name = 'CorruptObjectError';
}

/** An object that is too large to be anything that we read. It is skipped, and other reads go on. */
export class ObjectTooLargeError extends Error {
  override readonly name = 'ObjectTooLargeError';
}

/**
 * An object that a commit names and this clone does not have. To take it for an empty folder or a file that is not there
 * could hide a rejection.
 */
export class MissingObjectError extends Error {
  override readonly name = 'MissingObjectError';

  constructor(oid: string) {
    super(
      `This clone lacks the object ${oid} of its own commit (a partial clone?). Run: git fetch --refetch --no-filter`,
    );
  }
}

/** Reads raw objects by their full id through one `git cat-file --batch`, hashing each on arrival. */
export interface ObjectReader {
  /**
   * Undefined when the object is not in this clone. Throws `CorruptObjectError` when its hash is wrong, and
   * `ObjectTooLargeError` when it has more than `maxBytes` (64 MiB when not given).
   */
  read(oid: string, maxBytes?: number): Promise<GitObject | undefined>;
  /** The commit that is checked out; undefined where there is none yet. Throws as `read` does. */
  readHead(): Promise<GitObject | undefined>;
  close(): void;
}

/** Approvals, assessments and policies are small; a larger object is nothing that we read. */
const MAX_OBJECT_BYTES = 64 * 1024 * 1024;
const MAX_SAID = 4096;
const OID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const HEADER = /^([0-9a-f]+) (commit|tree|blob|tag) (\d+)$/;

const HEAD_COMMIT = 'HEAD^{commit}';

interface Request {
  /** The object's full id, or `HEAD_COMMIT`, whose id git tells. */
  readonly name: string;
  readonly maxBytes: number;
  readonly resolve: (object: GitObject | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** Starts the one process that answers all reads. The caller closes it. */
export function openObjectReader(place: GitPlace, signal?: AbortSignal): ObjectReader {
  const child = spawn(gitProgram(), [...readerOptions(place.topLevel), 'cat-file', '--batch'], {
    cwd: place.topLevel,
    env: scrubbedEnvironment(),
    windowsHide: true,
    ...(signal && { signal }),
  });
  return answerThrough(child);
}

function answerThrough(child: ChildProcessWithoutNullStreams): ObjectReader {
  const waiting: Request[] = [];
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let neededBytes = 0;
  /** What is still to come of an object that nobody will look at. */
  let unwantedBytes = 0;
  let failure: Error | undefined;

  const stop = (error: Error) => {
    failure ??= error;
    child.kill();
    for (const request of waiting.splice(0)) request.reject(failure);
  };

  const answer = () => {
    let buffer = Buffer.concat(pending);
    neededBytes = 0;
    while (waiting.length > 0) {
      const request = waiting[0] as Request;
      const lineEnd = buffer.indexOf(10);
      if (lineEnd < 0) break;
      const line = buffer.toString('latin1', 0, lineEnd);
      if (line === `${request.name} missing`) {
        waiting.shift();
        buffer = buffer.subarray(lineEnd + 1);
        request.resolve(undefined);
        continue;
      }
      const header = HEADER.exec(line);
      const size = Number(header?.[3]);
      const oid = header?.[1] ?? '';
      if (!isAnswerTo(request, oid, header?.[2]) || !Number.isSafeInteger(size)) {
        stop(new CorruptObjectError(`Git answered "${line.slice(0, 100)}" when asked for object ${request.name}.`));
        return;
      }
      if (size > request.maxBytes) {
        waiting.shift();
        const rest = buffer.subarray(lineEnd + 1);
        unwantedBytes = Math.max(0, size + 1 - rest.length);
        buffer = rest.subarray(size + 1);
        request.reject(new ObjectTooLargeError(`Object ${oid} has ${size} bytes, more than can be right here.`));
        continue;
      }
      const total = lineEnd + 1 + size + 1;
      if (buffer.length < total) {
        neededBytes = total;
        break;
      }
      const content = Buffer.from(buffer.subarray(lineEnd + 1, lineEnd + 1 + size));
      waiting.shift();
      buffer = buffer.subarray(total);
      deliver(request, { oid, type: header?.[2] as ObjectType, content });
    }
    pending = [buffer];
    pendingBytes = buffer.length;
  };

  child.stdout.on('data', (received: Buffer) => {
    const chunk = received.subarray(unwantedBytes);
    unwantedBytes -= received.length - chunk.length;
    pending.push(chunk);
    pendingBytes += chunk.length;
    // A large object arrives in many chunks: joining them once keeps reading linear.
    if (pendingBytes >= neededBytes) answer();
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    if (said.length < MAX_SAID) said += chunk.toString('latin1');
  });
  child.stdin.on('error', () => {});
  child.on('error', stop);
  child.on('close', () => {
    const [unanswered] = waiting;
    // In a partial clone, older gits can't be kept from wanting to fetch, and end when they may not.
    const partial = unanswered !== undefined && /promisor|lazy fetch/.test(said);
    stop(partial ? new MissingObjectError(unanswered.name) : new Error('git cat-file ended before it had answered.'));
  });

  const ask = (name: string, maxBytes: number): Promise<GitObject | undefined> => {
    if (failure !== undefined) return Promise.reject(failure);
    return new Promise((resolve, reject) => {
      waiting.push({ name, maxBytes, resolve, reject });
      child.stdin.write(`${name}\n`);
    });
  };

  return {
    read(oid, maxBytes = MAX_OBJECT_BYTES) {
      if (!OID.test(oid)) return Promise.reject(new Error(`"${oid}" is not a full object id.`));
      return ask(oid, maxBytes);
    },
    readHead: () => ask(HEAD_COMMIT, MAX_OBJECT_BYTES),
    close() {
      failure ??= new Error('The object reader is closed.');
      child.stdin.end();
      child.stdout.resume();
      child.unref();
    },
  };
}

function isAnswerTo({ name }: Request, oid: string, type: string | undefined): boolean {
  return name === HEAD_COMMIT ? OID.test(oid) && type === 'commit' : oid === name;
}

function deliver(request: Request, object: GitObject): void {
  const { oid, type, content } = object;
  if (objectId(type, content, oid.length === 64 ? 'sha256' : 'sha1') !== oid) {
    request.reject(
      new CorruptObjectError(`Object ${oid} does not hold what its id promises: the repository is corrupt.`),
    );
    return;
  }
  request.resolve(object);
}

/** The id that git gives to an object. */
export function objectId(type: ObjectType, content: Uint8Array, format: Repository['objectFormat']): string {
  return createHash(format).update(`${type} ${content.length}\0`).update(content).digest('hex');
}
