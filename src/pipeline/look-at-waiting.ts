import type { PlannedRing } from './announce.ts';
import type { RingPreview } from './doorbell.ts';
import type { Reach } from './reach.ts';

export interface Looking {
  readonly reach: Reach;
  /** Whether a server may be asked, only reading, what waits there: one that a credential may be sent to. */
  readonly mayAsk: (origin: string) => boolean;
  /** What is noted where it may not. */
  readonly unasked?: string;
}

/** A preview is waited for by a person, and without this it only has less to say. */
const LOOK_WITHIN_MS = 5_000;

/**
 * What would be sent to whom, with what waits in systems that may be asked. Every server gets the same few seconds; what
 * can't be found out is noted, and the rest is shown all the same.
 */
export async function lookAtWhatWaits(
  planned: readonly Pick<PlannedRing, 'preview' | 'waits'>[],
  { reach, mayAsk, unasked }: Looking,
): Promise<RingPreview[]> {
  const timeout = AbortSignal.timeout(LOOK_WITHIN_MS);
  const signal = reach.signal === undefined ? timeout : AbortSignal.any([reach.signal, timeout]);
  const previews = await Promise.all(
    planned.map(({ preview, waits }): RingPreview | Promise<RingPreview> => {
      if (waits === undefined) return preview;
      if (!mayAsk(waits.origin)) return unasked === undefined ? preview : { ...preview, note: unasked };
      return waits.look({ ...reach, signal }).catch(() => ({ ...preview, note: noAnswer(waits.origin) }));
    }),
  );
  reach.signal?.throwIfAborted();
  return previews;
}

function noAnswer(origin: string): string {
  return `${origin} did not say within ${LOOK_WITHIN_MS / 1000} seconds what waits there.`;
}
