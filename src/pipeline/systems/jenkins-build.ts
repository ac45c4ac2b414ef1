import { pause } from '../../base/http-retry.ts';
import type { Doorbell, Sent, StartedRun } from '../doorbell.ts';
import { fieldOf, listIn, textIn } from '../json.ts';
import { asVariables, type News, parametersOf } from '../news.ts';
import { call, notAccepted, type Reach } from '../reach.ts';
import { buildPage, buildStatus, type JenkinsTarget, jobName, jobPage, post, queuedRun } from './jenkins-api.ts';

const MOST_BUILDS = 30;
const QUEUE_LOOKS = 8;
const QUEUE_PAUSE_MS = 500;
const CORRELATION = 'SIGNOFF_CORRELATION';

/**
 * Starts a build with parameters. Jenkins answers with the place in its queue (201), or with the place of the very same
 * build where that waits already (303); an item is forgotten five minutes after it left the queue, so the build is looked
 * for by its parameter then.
 */
export function jenkinsBuild(target: JenkinsTarget, news: News, correlation: string): Doorbell {
  const form = asVariables(parametersOf(news, correlation));
  const page = jobPage(target);
  const url = `${page}/buildWithParameters?delay=0sec`;
  const where = `Jenkins’ job ${jobName(target)}`;
  const send = async (reach: Reach): Promise<Sent> => {
    const called = await post(target, { url, form }, reach);
    if (!called.ok) return called;
    const { answer } = called;
    const queued = /\/queue\/item\/(\d+)/.exec(answer.headers.get('location') ?? '')?.[1];
    if (queued === undefined || (answer.status !== 201 && answer.status !== 303)) return notAccepted(where, answer);
    const run = await leftQueue(target, queued, reach);
    const sent = answer.status === 303 ? ('already' as const) : ('accepted' as const);
    const message = sent === 'already' ? `${where} has this very build in its queue already.` : `${where} was started.`;
    return { state: sent, message, run };
  };
  return {
    origin: new URL(page).origin,
    preview: {
      title: `Jenkins: build ${jobName(target)}`,
      method: 'POST',
      url,
      body: new URLSearchParams(form).toString().replaceAll('&', '\n'),
    },
    send,
    find: (reach, since) => findBuild(target, { correlation, since }, reach),
    findsByName: true,
    again: 'starts another run',
    status: (run, reach) => buildStatus(target, run, reach),
  };
}

/** The build that a queued item became, if it does so within seconds; else the item. */
async function leftQueue(target: JenkinsTarget, item: string, reach: Reach): Promise<StartedRun> {
  const [root] = jobPage(target).split('/job/');
  for (let look = 0; look < QUEUE_LOOKS; look += 1) {
    const called = await call({ url: `${root}/queue/item/${item}/api/json?tree=cancelled,executable[number]` }, reach);
    if (!called.ok || called.answer.status !== 200) break;
    const build = buildPage(target, fieldOf(fieldOf(called.answer.json, 'executable'), 'number'));
    if (build !== undefined) return { id: build, url: build };
    await pause(QUEUE_PAUSE_MS, reach.signal);
  }
  return queuedRun(target, item);
}

async function findBuild(
  target: JenkinsTarget,
  { correlation, since }: { readonly correlation: string; readonly since: Date },
  reach: Reach,
): Promise<StartedRun | 'absent' | 'no way'> {
  const tree = `builds[number,timestamp,actions[parameters[name,value]]]{0,${MOST_BUILDS}},queueItem[params],inQueue`;
  const called = await call({ url: `${jobPage(target)}/api/json?tree=${tree}` }, reach);
  if (!called.ok || called.answer.status !== 200) return 'no way';
  const { json } = called.answer;
  let others = 0;
  for (const build of listIn(json, 'builds')) {
    const page = buildPage(target, fieldOf(build, 'number'));
    const parameters = listIn(build, 'actions').flatMap((action) => listIn(action, 'parameters'));
    const own = parameters.find((each) => textIn(each, 'name') === CORRELATION);
    if (textIn(own, 'value') === correlation && page !== undefined) return { id: page, url: page };
    // A job that does not declare the parameter drops it, so such a build may be the one.
    if (own === undefined && Number(fieldOf(build, 'timestamp')) >= since.getTime()) others += 1;
  }
  return others > 0 || fieldOf(json, 'inQueue') === true ? 'no way' : 'absent';
}
