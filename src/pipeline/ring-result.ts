/**
 * What a pipeline answered. `already`: it had been rung with the same before, and nothing was sent again.
 * `unknown`: no answer came, so it may or may not have heard; ringing again is safe.
 */
export interface RingResult {
  readonly state: 'accepted' | 'already' | 'refused' | 'unknown';
  /** One sentence for people. */
  readonly message: string;
}
