import { RUNNER_COMMAND } from '../base/text.ts';

/** What JSON leaves as it is though a terminal obeys it or hides it. */
const UNSEEN = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/**
 * A value as JSON for standard output: indented, one final newline, and nothing in it that moves a cursor, hides text or
 * commands a pipeline's runner.
 */
export function jsonText(value: unknown): string {
  const written = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const json = JSON.stringify(value, null, 2).replaceAll(UNSEEN, written).replaceAll(RUNNER_COMMAND, written);
  return `${json}\n`;
}
