import { escapeForTerminal } from '../base/text.ts';
import type { SigningKey } from '../git/keys.ts';
import { type Announcement, announce, planRings } from '../pipeline/announce.ts';
import { pipelineCredential } from '../pipeline/environment-credentials.ts';
import { lookAtWhatWaits } from '../pipeline/look-at-waiting.ts';
import type { Reach } from '../pipeline/reach.ts';
import type { RingResult } from '../pipeline/ring-result.ts';
import type { CommandContext } from './command.ts';

/** What a pipeline is told, and by whose key. */
export interface CommandNews extends Announcement {
  readonly key: SigningKey | undefined;
  readonly afterUnknown?: 'stop' | 'send';
}

/** A command's reach: credentials come from the environment. */
export function reachOfCommand(signal: AbortSignal): Reach {
  return { credentialFor: async (origin) => pipelineCredential(origin, process.env), signal };
}

/** Tells everybody whom the policy wants told, and says how each took it. Empty where the policy names nobody. */
export async function ringPipeline(
  { key, afterUnknown = 'stop', ...announcement }: CommandNews,
  { terminal, signal }: CommandContext,
): Promise<RingResult['state'][]> {
  const planned = await planRings(announcement, {
    ...{ reach: reachOfCommand(signal), key, afterUnknown },
    now: () => new Date(),
  });
  const results = await announce(planned, ({ message, runUrl }) => {
    terminal.note(`${escapeForTerminal(message)}${runUrl === undefined ? '' : ` ${escapeForTerminal(runUrl)}`}\n`);
  });
  return results.map(({ state }) => state);
}

const UNASKED =
  'What waits there is not looked up: the environment has no credential for that server (see “Tell your pipeline” in the README).';

/** Shows what would be sent to whom, and what waits on servers that the environment has a credential for. */
export async function previewPipeline(announcement: Announcement, { terminal, signal }: CommandContext): Promise<void> {
  const reach = reachOfCommand(signal);
  const planned = await planRings(announcement, { reach, key: undefined, now: () => new Date() });
  const mayAsk = (origin: string): boolean => pipelineCredential(origin, process.env) !== undefined;
  for (const preview of await lookAtWhatWaits(planned, { reach, mayAsk, unasked: UNASKED })) {
    const lines = [
      preview.title,
      ...(preview.note === undefined ? [] : [`  ${preview.note}`]),
      `  ${preview.method} ${preview.url}`,
      ...preview.body.split('\n').map((line) => `  ${line}`),
    ];
    for (const line of lines) terminal.print(`${escapeForTerminal(line)}\n`);
  }
}
