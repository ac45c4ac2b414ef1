import type { Verdict } from '../approval/verdict.ts';
import { escapeForTerminal } from '../base/text.ts';
import type { SigningKey } from '../git/keys.ts';
import { previewTag, ringGitTag } from '../pipeline/git-tag.ts';
import type { RingResult } from '../pipeline/ring-result.ts';
import { type PipelineEvent, targetsOf } from '../pipeline/targets.ts';
import type { CommandContext } from './command.ts';
import type { OpenPolicy } from './open-policy.ts';

/** What a pipeline is told, and by whose key. */
export interface News extends OpenPolicy {
  readonly event: PipelineEvent;
  readonly modelId: string;
  readonly run: string;
  readonly approvals: Verdict['approvals'];
  readonly key: SigningKey;
}

/** Tells everybody whom the policy wants told, and says how each took it. Empty where the policy names nobody. */
export async function ringPipeline(news: News, context: CommandContext): Promise<RingResult['state'][]> {
  const { terminal, signal } = context;
  const states: RingResult['state'][] = [];
  for (const target of targetsOf(news.policy, news.environment, news.event)) {
    const results = [
      ...(target.git_tag === undefined ? [] : [await ringByTag(news, signal)]),
      ...(target.webhook === undefined ? [] : [NO_WEBHOOK]),
    ];
    for (const { state, message } of results) {
      terminal.note(`${escapeForTerminal(message)}\n`);
      states.push(state);
    }
  }
  return states;
}

const NO_WEBHOOK: RingResult = { state: 'refused', message: 'This version does not call webhooks.' };

async function ringByTag(news: News, signal: AbortSignal): Promise<RingResult> {
  const { policy, key, event } = news;
  const words = event === 'on_rolled_back' ? 'rolled back' : 'approved';
  const preview = await previewTag({ ...news, model: policy.model, news: words });
  return preview.ok
    ? ringGitTag(preview.value, { key, signal })
    : { state: 'refused', message: preview.problem.message };
}
