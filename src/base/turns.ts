/** How long work may keep a thread before others have their turn. */
const TURN_MS = 5;

/** What it gives lets everything else that waits for this thread go first, once the caller has had it long enough. */
export function turns(): () => Promise<void> {
  // Not `performance`, which a program that answers one question would load for this alone.
  let began = Date.now();
  return async () => {
    if (Date.now() - began < TURN_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    began = Date.now();
  };
}
