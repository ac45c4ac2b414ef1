/**
 * What a pipeline answered. `already`: it had been rung with the same before, and nothing was sent again.
 * `unknown`: no answer came, so it may or may not have heard; ringing again looks for it first.
 */
export interface RingResult {
  readonly state: 'accepted' | 'already' | 'refused' | 'unknown';
  /** One sentence for people. */
  readonly message: string;
  /** Where the run that was started can be seen, an http(s) address. */
  readonly runUrl?: string;
}
