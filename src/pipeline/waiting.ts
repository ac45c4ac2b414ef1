import { isDeepStrictEqual } from 'node:util';
import type { Doorbell, RingPreview, Sent } from './doorbell.ts';
import type { Reach } from './reach.ts';

/** How something is answered that waits in a system, and that is only known once the system was asked. */
export interface WaitingCalls<Waiting> {
  /** Only reads. What it was that waits, or why nothing can be answered. */
  readonly find: (reach: Reach) => Promise<{ readonly waiting: Waiting } | Sent>;
  /** The call, with angle brackets where nobody has looked yet. */
  readonly preview: (waiting: Waiting | undefined) => RingPreview;
  readonly answer: (waiting: Waiting, reach: Reach) => Promise<Sent>;
}

/** The part of a doorbell that shows and answers what waits: only what was shown, where somebody has looked. */
export function waitingBell<Waiting>({
  find,
  preview,
  answer,
}: WaitingCalls<Waiting>): Required<Pick<Doorbell, 'preview' | 'look' | 'send'>> {
  const unseen = preview(undefined);
  return {
    preview: unseen,
    look: async (reach) => {
      const found = await find(reach);
      return 'waiting' in found ? preview(found.waiting) : { ...unseen, note: found.message };
    },
    send: async (reach, shown = unseen) => {
      const found = await find(reach);
      if (!('waiting' in found)) return found;
      const isOther = shown.url !== unseen.url && !isDeepStrictEqual(shown, preview(found.waiting));
      if (!isOther) return answer(found.waiting, reach);
      const message = `${unseen.title}: something else waits there than was shown, so nothing was sent. Look at it anew.`;
      return { state: 'refused', message };
    },
  };
}
