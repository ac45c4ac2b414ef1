import type { Doorbell } from '../doorbell.ts';
import { type News, parametersOf } from '../news.ts';
import { notAccepted } from '../reach.ts';
import { findRun, type GithubTarget, github, runStatus } from './github-api.ts';

const EVENT = 'repository_dispatch';

/** Sends a `repository_dispatch`, which always answers 204 and never names the run. */
export function githubDispatch(target: GithubTarget, news: News, correlation: string): Doorbell {
  const api = github(target);
  const body = { event_type: target.event_type ?? '', client_payload: parametersOf(news, correlation) };
  const where = `GitHub’s repository ${target.repository}`;
  return {
    origin: api.origin,
    preview: {
      title: `GitHub: send the event ${body.event_type} to ${target.repository}`,
      method: 'POST',
      url: `${api.base}/dispatches`,
      body: JSON.stringify(body, undefined, 2),
    },
    send: async (reach) => {
      const called = await api.post('/dispatches', body, reach);
      if (!called.ok) return called;
      if (called.answer.status !== 204) return notAccepted(where, called.answer);
      return { state: 'accepted', message: `${where} was sent the event ${body.event_type}.` };
    },
    find: (reach, since) => findRun(target, { event: EVENT, correlation, since }, reach),
    findsByName: true,
    again: 'starts another run',
    status: (run, reach) => runStatus(target, run, reach),
  };
}
