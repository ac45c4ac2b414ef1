import { setTimeout as wait } from 'node:timers/promises';

/** How often a safe request is made at most. */
export const MOST_ATTEMPTS = 3;

const FIRST_WAIT_MS = 250;
/** A server that wants a longer pause gets none: whoever waits decides. */
const LONGEST_WAIT_MS = 10_000;

/** Answers that may be another a moment later. */
export const PASSING_STATUSES: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/**
 * How long to wait before the next attempt, in milliseconds; undefined when the server asks for more than is waited.
 *
 * @param attempt how many attempts were made
 * @param retryAfter the header `Retry-After`: seconds, or a date (RFC 9110 §10.2.3)
 */
export function pauseBefore(attempt: number, retryAfter: string | null, now: number): number | undefined {
  const usual = FIRST_WAIT_MS * 2 ** (attempt - 1);
  if (retryAfter === null) return usual;
  const asked = /^\d+$/.test(retryAfter.trim()) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now;
  if (!Number.isFinite(asked)) return usual;
  return asked > LONGEST_WAIT_MS ? undefined : Math.max(asked, 0);
}

/** Waits; throws the signal's reason when it is aborted meanwhile. */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await wait(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
