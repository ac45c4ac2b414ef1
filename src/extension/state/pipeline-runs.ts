import { isDeepStrictEqual } from 'node:util';
import { isUnderWay } from '../../pipeline/ring.ts';
import type { RingRecord } from '../../pipeline/ring-book.ts';
import type { Policy } from '../../policy/schema.ts';
import type { Engine } from '../engine-client.ts';
import type { Disposable } from '../lifecycle.ts';
import { Listeners } from '../listeners.ts';
import type { SignoffState } from './signoff-state.ts';

/** Soon after something was told, then less and less often: a refusal takes seconds, a deployment minutes. */
const FIRST_POLL_MS = 2_000;
const MOST_POLL_MS = 30_000;
const SLOWER = 1.5;

type How = 'ask' | 'remembered';

/** What following needs from elsewhere. */
interface Surroundings {
  readonly watchFolder: (folder: string, onChange: () => void) => Disposable;
  /** Somebody told by a tag, which is no record of ours. */
  readonly onTag: () => void;
}

/** What was told to pipelines from here, of the policy that is shown. */
export interface PipelineRuns extends Disposable {
  /** Newest first. */
  readonly records: readonly RingRecord[];
  /** Says that somebody was told just now: the systems are asked how far that is. */
  look(): void;
  readonly onDidChange: (listener: () => void) => Disposable;
}

/**
 * Follows what pipelines were told, until each run has ended. Servers are asked only while one of the runs is under way,
 * and only in a trusted workspace. What another program tells from this machine is noticed by its record.
 */
export function followPipelineRuns(
  state: Pick<SignoffState, 'snapshot' | 'onDidChange'>,
  engine: Pick<Engine, 'call'>,
  { watchFolder, onTag }: Surroundings,
): PipelineRuns {
  const listeners = new Listeners<void>();
  let records: readonly RingRecord[] = [];
  let followed: Followed | undefined;
  const watches = new Map<string, Disposable>();
  let timer: NodeJS.Timeout | undefined;
  let pause = FIRST_POLL_MS;
  let looking = false;
  /** What was asked for during a look, which may not have seen it any more. */
  let owed: How | undefined;

  const become = (found: readonly RingRecord[]): void => {
    // What was told by somebody else is as new as what was told here.
    if (found.some((record) => !records.some((known) => isSameRing(known, record)))) pause = FIRST_POLL_MS;
    // Whoever follows a run writes down how far it is, and hears of that as well.
    if (isDeepStrictEqual(found, records)) return;
    records = found;
    listeners.tell();
  };
  const watch = (folders: readonly (readonly [string, () => void])[]): void => {
    const wanted = new Map(folders);
    for (const [folder, watching] of watches) {
      if (wanted.has(folder)) continue;
      watching.dispose();
      watches.delete(folder);
    }
    for (const [folder, onChange] of wanted) {
      if (!watches.has(folder)) watches.set(folder, watchFolder(folder, onChange));
    }
  };
  const look = async (how: How): Promise<void> => {
    clearTimeout(timer);
    if (looking) {
      owed = owed === 'ask' ? 'ask' : how;
      return;
    }
    const asked = followed;
    if (asked === undefined) return;
    looking = true;
    const found = await engine.call('pipelineStatus', { policyFile: asked.policyFile, look: how });
    looking = false;
    // Another policy's records, or those of a folder that was closed, are shown to nobody.
    if (asked === followed && found.ok) {
      const { records: now, ringFolder, tagFolders } = found.value;
      become(now);
      watch([[ringFolder, () => void look('remembered')], ...tagFolders.map((each) => [each, onTag] as const)]);
    }
    lookAgain();
  };
  const lookAgain = (): void => {
    const how = owed;
    owed = undefined;
    if (how !== undefined) {
      void look(how);
      return;
    }
    // A look that failed is no reason to lose sight of what is under way.
    if (!records.some(isUnderWay)) return;
    timer = setTimeout(() => void look('ask'), pause);
    pause = Math.min(pause * SLOWER, MOST_POLL_MS);
  };
  const follow = (wanted: Followed | undefined): void => {
    if (isDeepStrictEqual(wanted, followed)) return;
    const isSamePolicy = wanted?.policyFile === followed?.policyFile;
    followed = wanted;
    pause = FIRST_POLL_MS;
    clearTimeout(timer);
    if (!isSamePolicy) {
      watch([]);
      if (records.length > 0) become([]);
    }
    void look('remembered');
  };
  const listening = state.onDidChange(() => follow(policyWithPipeline(state)));
  return {
    get records() {
      return records;
    },
    look: () => {
      pause = FIRST_POLL_MS;
      void look('ask');
    },
    onDidChange: listeners.add,
    dispose: () => {
      listening.dispose();
      follow(undefined);
    },
  };
}

/** A policy, and whom it tells: a target that it names no more is followed no further. */
interface Followed {
  readonly policyFile: string;
  readonly pipeline: NonNullable<Policy['pipeline']>;
}

function policyWithPipeline({ snapshot }: Pick<SignoffState, 'snapshot'>): Followed | undefined {
  const { policyFile, policy, trust } = snapshot;
  if (policyFile === undefined || policy?.pipeline === undefined || trust === 'untrusted') return undefined;
  return { policyFile, pipeline: policy.pipeline };
}

function isSameRing(one: RingRecord, other: RingRecord): boolean {
  return one.correlation === other.correlation && one.attempt === other.attempt;
}
