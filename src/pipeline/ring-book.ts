import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Repository } from '../git/repository.ts';

/** What is remembered of one ring, on this machine only. No secret is ever part of it. */
export const RingRecord = z.object({
  correlation: z.string().regex(/^[0-9a-f]{32}$/),
  system: z.string(),
  environment: z.string(),
  event: z.string(),
  model: z.string(),
  version: z.string(),
  title: z.string(),
  /** `sending` stays where a crash or a cut connection left nobody to write what came of it. */
  state: z.enum(['sending', 'accepted', 'already', 'refused', 'unknown']),
  message: z.string(),
  sentAt: z.iso.datetime(),
  run: z.object({ id: z.string(), url: z.string().optional() }).optional(),
  status: z.enum(['waiting', 'running', 'succeeded', 'failed', 'cancelled', 'unknown']).optional(),
});
export type RingRecord = z.infer<typeof RingRecord>;

/**
 * The local book of rings, in `model-signoff/rings` of the git folder that all work trees share: it is never committed,
 * and two processes never write of the same news at once.
 */
export interface RingBook {
  readonly read: (correlation: string) => RingRecord | undefined;
  readonly write: (record: RingRecord) => void;
  readonly all: () => RingRecord[];
  /** Undefined where another process has this news in its hands. */
  readonly lock: (correlation: string) => (() => void) | undefined;
}

export function ringBook({ commonDir }: Pick<Repository, 'commonDir'>): RingBook {
  const folder = join(commonDir, 'model-signoff', 'rings');
  const place = (correlation: string): string => join(folder, `${correlation}.json`);
  const read = (correlation: string): RingRecord | undefined => recordIn(place(correlation));
  return {
    read,
    write: (record) => {
      mkdirSync(folder, { recursive: true });
      const file = place(record.correlation);
      const temporary = `${file}.${process.pid}.tmp`;
      writeDurably(temporary, JSON.stringify(record, undefined, 2));
      renameSync(temporary, file);
    },
    all: () => {
      const names = namesIn(folder).filter((name) => /^[0-9a-f]{32}\.json$/.test(name));
      return names.flatMap((name) => recordIn(join(folder, name)) ?? []);
    },
    lock: (correlation) => {
      mkdirSync(folder, { recursive: true });
      return lockFile(`${place(correlation)}.lock`);
    },
  };
}

function recordIn(file: string): RingRecord | undefined {
  try {
    const parsed = RingRecord.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** On disk before anything is sent, or a crash would forget that something was. */
function writeDurably(file: string, text: string): void {
  const handle = openSync(file, 'w', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function lockFile(file: string): (() => void) | undefined {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const handle = openSync(file, 'wx', 0o600);
      writeSync(handle, String(process.pid));
      closeSync(handle);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (isHeld(file)) return undefined;
      rmSync(file, { force: true });
    }
  }
  return undefined;
}

/** By a process that still runs. */
function isHeld(file: string): boolean {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
