import type { Doorbell } from '../doorbell.ts';
import type { News } from '../news.ts';
import { isJson, notAccepted } from '../reach.ts';
import { type GithubTarget, github } from './github-api.ts';

const WORDS = {
  on_approved: ['success', 'approved'],
  on_rejected: ['failure', 'rejected'],
  on_rolled_back: ['success', 'rolled back'],
} as const;
const MOST_DESCRIPTION = 140;

/**
 * Sets a commit status on the approvals' commit, which GitHub has to know already. While people are still missing it is
 * `pending`, and its words say how far the sign-off is ("sign-off 1 of 2").
 */
export function githubStatus(target: GithubTarget, news: News, _correlation: string): Doorbell {
  const api = github(target);
  const [state, what] = WORDS[news.event];
  const { progress } = news;
  const description = `${news.model}: ${progress === undefined ? what : `sign-off ${progress.have} of ${progress.need}`} for ${news.environment}`;
  const body = {
    state: progress === undefined ? state : 'pending',
    context: target.status ?? '',
    description: description.slice(0, MOST_DESCRIPTION),
  };
  const url = `/statuses/${news.commit}`;
  const where = `GitHub’s repository ${target.repository}`;
  return {
    origin: api.origin,
    preview: {
      title: `GitHub: set the commit status ${body.context} of ${target.repository}`,
      method: 'POST',
      url: `${api.base}${url}`,
      body: JSON.stringify(body, undefined, 2),
    },
    send: async (reach) => {
      const called = await api.post(url, body, reach);
      if (!called.ok) return called;
      const { answer } = called;
      if (answer.status === 422) {
        const message = `${where} does not know the commit ${news.commit.slice(0, 12)} yet: push it first.`;
        return { state: 'refused', message };
      }
      if (answer.status !== 201 || !isJson(answer)) return notAccepted(where, answer);
      return { state: 'accepted', message: `${where} shows “${body.description}” at the commit.` };
    },
    find: async () => 'no way',
    again: 'harmless',
  };
}
