import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Repository } from '../git/repository.ts';

/** What is remembered of one ring, on this machine only. No secret is ever part of it. */
export const RingRecord = z.object({
  correlation: z.string().regex(/^[0-9a-f]{32}$/),
  /** Counts from 1: what was refused may be rung again. */
  attempt: z.int().positive(),
  /** The process that rings. */
  pid: z.int(),
  system: z.string(),
  environment: z.string(),
  event: z.string(),
  model: z.string(),
  version: z.string(),
  title: z.string(),
  /** `sending` stands there before anything is sent, and stays where a crash left nobody to write what came of it. */
  state: z.enum(['sending', 'accepted', 'already', 'refused', 'unknown']),
  message: z.string(),
  sentAt: z.iso.datetime(),
  /** Whether the system can be asked how far the run is. */
  followed: z.boolean(),
  run: z.object({ id: z.string(), url: z.string().optional() }).optional(),
  status: z.enum(['waiting', 'running', 'succeeded', 'failed', 'cancelled', 'unknown']).optional(),
});
export type RingRecord = z.infer<typeof RingRecord>;

/** The last attempt; `unreadable` where something is there that can't be understood, so nobody knows what was rung. */
export type Remembered = RingRecord | 'unreadable' | undefined;

/**
 * The local book of rings, in `model-signoff/rings` of the git folder that all work trees share; it is never committed.
 * Each attempt is a file of its own, which the file system lets one process make only: so no lock is needed that a crash
 * could leave behind, and two processes never send the same attempt.
 */
export interface RingBook {
  readonly read: (correlation: string) => Remembered;
  /** Takes an attempt before anything is sent; `taken` where another process was faster. */
  readonly claim: (record: RingRecord) => 'claimed' | 'taken';
  /** Says what came of an attempt. Only for whoever claimed it. */
  readonly write: (record: RingRecord) => void;
  /** The last attempts of everything, in no order; what can't be read is left out. */
  readonly all: () => RingRecord[];
}

/** Where the book lies; nothing is there before the first ring. */
export function ringBookFolder({ commonDir }: Pick<Repository, 'commonDir'>): string {
  return join(commonDir, 'model-signoff', 'rings');
}

const NAME = /^([0-9a-f]{32})\.([1-9]\d*)\.json$/;

export function ringBook(repository: Pick<Repository, 'commonDir'>): RingBook {
  const folder = ringBookFolder(repository);
  const fileOf = ({ correlation, attempt }: RingRecord): string => join(folder, `${correlation}.${attempt}.json`);
  return {
    read: (correlation) => {
      const attempt = lastAttempts(folder).get(correlation);
      return attempt === undefined ? undefined : recordIn(join(folder, `${correlation}.${attempt}.json`));
    },
    claim: (record) => {
      mkdirSync(folder, { recursive: true });
      const beside = writeBeside(fileOf(record), record);
      try {
        linkSync(beside, fileOf(record));
        return 'claimed';
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') return 'taken';
        throw error;
      } finally {
        rmSync(beside, { force: true });
      }
    },
    write: (record) => renameSync(writeBeside(fileOf(record), record), fileOf(record)),
    all: () =>
      [...lastAttempts(folder)].flatMap(([correlation, attempt]) => {
        const record = recordIn(join(folder, `${correlation}.${attempt}.json`));
        return record === 'unreadable' ? [] : record;
      }),
  };
}

/** The number of the last attempt, by correlation id. */
function lastAttempts(folder: string): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const name of namesIn(folder)) {
    const [, correlation, attempt] = NAME.exec(name) ?? [];
    if (correlation === undefined) continue;
    last.set(correlation, Math.max(last.get(correlation) ?? 0, Number(attempt)));
  }
  return last;
}

function recordIn(file: string): RingRecord | 'unreadable' {
  const text = readFileSync(file, 'utf8');
  try {
    const parsed = RingRecord.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    // A folder that can't be read may hold that this was rung before.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** On disk before anything is sent, or a crash would forget that something was. */
function writeBeside(file: string, record: RingRecord): string {
  const beside = `${file}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  writeFileSync(beside, JSON.stringify(record, undefined, 2), { mode: 0o600, flush: true });
  return beside;
}
