import { type Doorbell, ENDED, type RunStatus, type StartedRun } from './doorbell.ts';
import type { HttpRing } from './doorbells.ts';
import type { News } from './news.ts';
import type { Reach } from './reach.ts';
import type { RingBook, RingRecord } from './ring-book.ts';
import type { RingResult } from './ring-result.ts';

export interface RingSurroundings {
  readonly reach: Reach;
  readonly book: RingBook;
  readonly now: () => Date;
}

/** So long a system may take to show what it started; before that, nothing found means nothing. */
const SHOWN_WITHIN_MS = 60_000;

/**
 * Rings once for each news. What was accepted before is not sent again. What may have been sent and was never answered
 * is looked for by its correlation id: found, it counts as accepted; certainly absent, or harmless to repeat, it is sent
 * again; otherwise it stays `unknown`, and a person has to look.
 */
export async function ring(wanted: HttpRing, news: News, surroundings: RingSurroundings): Promise<RingResult> {
  const { book } = surroundings;
  const unlock = book.lock(wanted.correlation);
  if (unlock === undefined) {
    return {
      state: 'unknown',
      message: 'Another process is telling the pipeline of this right now: look again in a moment.',
    };
  }
  try {
    const before = book.read(wanted.correlation);
    const known = before === undefined ? undefined : await knownResult(before, wanted, surroundings);
    return known ?? (await sendAndRecord(wanted, news, surroundings));
  } finally {
    unlock();
  }
}

/** What an earlier ring came to; undefined when it is to be sent (again). */
async function knownResult(
  before: RingRecord,
  { doorbell }: HttpRing,
  { reach, book, now }: RingSurroundings,
): Promise<RingResult | undefined> {
  if (before.state === 'refused') return undefined;
  if (before.state === 'accepted' || before.state === 'already') return already(before.title, before.run);
  if (doorbell.again === 'harmless') return undefined;
  const sentAt = new Date(before.sentAt);
  const found = await doorbell.find(reach, sentAt);
  if (typeof found === 'object') {
    book.write({ ...before, state: 'accepted', message: 'It was found.', run: recorded(found) });
    return already(before.title, found);
  }
  if (found === 'absent' && now().getTime() - sentAt.getTime() > SHOWN_WITHIN_MS) return undefined;
  const message =
    found === 'absent'
      ? `${before.title}: no answer came, and nothing is to be seen yet; try again in a minute.`
      : `${before.title}: no answer came, and it can’t be told whether a run was started. Look there; if none was, remove model-signoff/rings/${before.correlation}.json from the git folder and try again.`;
  return { state: 'unknown', message };
}

async function sendAndRecord(
  { system, correlation, doorbell }: HttpRing,
  news: News,
  { reach, book, now }: RingSurroundings,
): Promise<RingResult> {
  const { environment, event, model, version } = news;
  const { title } = doorbell.preview;
  const sentAt = now().toISOString();
  const record: RingRecord = {
    ...{ correlation, system, environment, event, model, version, title },
    ...{ state: 'sending', message: '', sentAt },
  };
  book.write(record);
  const { run, ...result } = await doorbell.send(reach);
  const started = run === undefined ? {} : { run: recorded(run) };
  book.write({ ...record, state: result.state, message: result.message, ...started });
  return { ...result, ...(run?.url === undefined ? {} : { runUrl: run.url }) };
}

/** Whether something was started whose end is not known yet. */
export function isUnderWay({ run, status }: RingRecord): boolean {
  return run !== undefined && (status === undefined || !ENDED.has(status));
}

/** How far the run of an earlier ring is; undefined where its system does not tell, or nothing was started. */
export async function followUp(
  correlation: string,
  doorbell: Doorbell,
  { reach, book }: RingSurroundings,
): Promise<RunStatus | undefined> {
  const record = book.read(correlation);
  if (record?.run === undefined || doorbell.status === undefined) return undefined;
  if (record.status !== undefined && ENDED.has(record.status)) {
    return { state: record.status, ...(record.run.url === undefined ? {} : { url: record.run.url }) };
  }
  const { url, ...run } = record.run;
  const status = await doorbell.status({ ...run, ...(url === undefined ? {} : { url }) }, reach);
  if (status.state !== 'unknown') book.write({ ...record, status: status.state });
  return { ...(url === undefined ? {} : { url }), ...status };
}

function already(title: string, run: { readonly url?: string | undefined } | undefined): RingResult {
  const result = { state: 'already' as const, message: `${title}: it was told before, and is not told again.` };
  return run?.url === undefined ? result : { ...result, runUrl: run.url };
}

function recorded({ id, url }: StartedRun): { id: string; url?: string } {
  return url === undefined ? { id } : { id, url };
}
