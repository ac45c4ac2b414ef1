import { isUnderWay } from '../../pipeline/ring.ts';
import type { RingRecord } from '../../pipeline/ring-book.ts';
import type { Engine } from '../engine-client.ts';
import type { Disposable } from '../lifecycle.ts';
import { Listeners } from '../listeners.ts';
import type { SignoffState } from './signoff-state.ts';

/** Soon after something was told, then less and less often: a refusal takes seconds, a deployment minutes. */
const FIRST_POLL_MS = 2_000;
const MOST_POLL_MS = 30_000;
const SLOWER = 1.5;

type How = 'ask' | 'remembered';

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
 * and only in a trusted workspace.
 */
export function followPipelineRuns(
  state: Pick<SignoffState, 'snapshot' | 'onDidChange'>,
  engine: Pick<Engine, 'call'>,
): PipelineRuns {
  const listeners = new Listeners<void>();
  let records: readonly RingRecord[] = [];
  let followed: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let pause = FIRST_POLL_MS;
  let looking = false;
  /** What was asked for during a look, which may not have seen it any more. */
  let owed: How | undefined;

  const become = (found: readonly RingRecord[]): void => {
    records = found;
    listeners.tell();
  };
  const look = async (how: How): Promise<void> => {
    clearTimeout(timer);
    if (looking) {
      owed = owed === 'ask' ? 'ask' : how;
      return;
    }
    const policyFile = followed;
    if (policyFile === undefined) return;
    looking = true;
    const found = await engine.call('pipelineStatus', { policyFile, look: how });
    looking = false;
    // Another policy's records, or those of a folder that was closed, are shown to nobody.
    if (policyFile === followed && found.ok) become(found.value);
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
  const follow = (policyFile: string | undefined): void => {
    if (policyFile === followed) return;
    followed = policyFile;
    pause = FIRST_POLL_MS;
    clearTimeout(timer);
    if (records.length > 0) become([]);
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

function policyWithPipeline({ snapshot }: Pick<SignoffState, 'snapshot'>): string | undefined {
  const { policyFile, policy, trust } = snapshot;
  return policy?.pipeline === undefined || trust === 'untrusted' ? undefined : policyFile;
}
