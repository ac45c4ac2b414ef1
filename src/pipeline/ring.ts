import { type Doorbell, ENDED, type RingPreview, type RunStatus, type Sent, type StartedRun } from './doorbell.ts';
import type { HttpRing } from './doorbells.ts';
import type { News } from './news.ts';
import type { Reach } from './reach.ts';
import type { RingBook, RingRecord } from './ring-book.ts';
import type { RingResult } from './ring-result.ts';

export interface RingSurroundings {
  readonly reach: Reach;
  readonly book: RingBook;
  readonly now: () => Date;
  /** Where nobody can tell whether an earlier call was heard: `send` calls again, since a person has looked and says so. */
  readonly afterUnknown?: 'stop' | 'send';
  /** What a person agreed to, where something is answered that waits: nothing else is. */
  readonly shown?: RingPreview | undefined;
}

/** So long a system may take to show what it started; before that, nothing found means nothing. */
const SHOWN_WITHIN_MS = 60_000;
/** So long a process may be in the middle of sending, with every timeout; later its number may be another's. */
const SENT_WITHIN_MS = 120_000;
/** So far the clocks of this machine and of a server may differ. */
const CLOCK_SKEW_MS = 10 * 60_000;
/** So long a run is looked for that was not to be seen at once. */
const SOUGHT_FOR_MS = 10 * 60_000;
/** So long nobody waits for a run: GitHub itself ends what waits for thirty days. */
const FOLLOWED_FOR_MS = 35 * 24 * 3600_000;

/**
 * Rings once for each news. What was accepted before is not sent again, from this machine or from another whose run can be
 * found. What may have been sent and was never answered is looked for by its correlation id: found, it counts as accepted;
 * certainly absent, or harmless to repeat, it is sent again; otherwise it stays `unknown`, and a person has to look.
 */
export async function ring(wanted: HttpRing, news: News, surroundings: RingSurroundings): Promise<RingResult> {
  const before = surroundings.book.read(wanted.correlation);
  if (before === 'unreadable') {
    const message = `${wanted.doorbell.preview.title}: the record of an earlier ring can’t be read, so nobody knows whether it was told: look there, and if it was not, remove model-signoff/rings/${wanted.correlation}.*.json from the git folder.`;
    return { state: 'unknown', message };
  }
  if (before !== undefined && isBeingSent(before, surroundings.now())) return BUSY;
  const known =
    before === undefined
      ? await rungElsewhere(wanted, news, surroundings)
      : await knownResult(before, wanted, surroundings);
  return known ?? (await sendAndRecord(wanted, news, (before?.attempt ?? 0) + 1, surroundings));
}

const BUSY: RingResult = {
  state: 'unknown',
  message: 'Another process is telling the pipeline of this right now: look again in a moment.',
};

function isBeingSent({ state, sentAt, pid }: RingRecord, now: Date): boolean {
  return state === 'sending' && now.getTime() - Date.parse(sentAt) < SENT_WITHIN_MS && isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Somebody else may have told the same from another machine, where this one's book says nothing of it. */
async function rungElsewhere(
  wanted: HttpRing,
  news: News,
  { reach, book, now }: RingSurroundings,
): Promise<RingResult | undefined> {
  const { doorbell } = wanted;
  if (doorbell.again === 'harmless' || doorbell.findsByName !== true) return undefined;
  const found = await doorbell.find(reach, new Date(0));
  if (typeof found !== 'object') return undefined;
  const record = recordOf(wanted, news, { attempt: 1, sentAt: now().toISOString() });
  book.claim({ ...record, state: 'already', message: 'It was found.', run: recorded(found) });
  return already(record.title, found);
}

/** What an earlier ring came to; undefined when it is to be sent (again). */
async function knownResult(
  before: RingRecord,
  { doorbell }: HttpRing,
  { reach, book, now, afterUnknown }: RingSurroundings,
): Promise<RingResult | undefined> {
  if (before.state === 'refused') return undefined;
  if (before.state === 'accepted' || before.state === 'already') return already(before.title, before.run);
  if (doorbell.again === 'harmless') return undefined;
  const sentAt = Date.parse(before.sentAt);
  const found = await doorbell.find(reach, new Date(sentAt - CLOCK_SKEW_MS));
  if (typeof found === 'object') {
    book.write({ ...before, state: 'accepted', message: 'It was found.', run: recorded(found) });
    return already(before.title, found);
  }
  if (found === 'absent' && now().getTime() - sentAt > SHOWN_WITHIN_MS) return undefined;
  if (afterUnknown === 'send') return undefined;
  const message =
    found === 'absent'
      ? `${before.title}: no answer came, and nothing is to be seen yet; try again in a minute.`
      : `${before.title}: no answer came, and it can’t be told whether a run was started. Look there; if none was, tell it again with signoff trigger --again.`;
  return { state: 'unknown', message };
}

async function sendAndRecord(
  wanted: HttpRing,
  news: News,
  attempt: number,
  { reach, book, now, shown }: RingSurroundings,
): Promise<RingResult> {
  const { doorbell } = wanted;
  const sentAt = now();
  const record = recordOf(wanted, news, { attempt, sentAt: sentAt.toISOString() });
  if (book.claim(record) === 'taken') return BUSY;
  const sent = await doorbell.send(reach, shown);
  const found =
    sent.state === 'unknown' && doorbell.findsByName === true
      ? await doorbell.find(reach, new Date(sentAt.getTime() - CLOCK_SKEW_MS))
      : undefined;
  const { run, ...result }: Sent =
    typeof found === 'object'
      ? { state: 'accepted', message: `${record.title}: the answer was lost, but the run is there.`, run: found }
      : sent;
  const started = run === undefined ? {} : { run: recorded(run) };
  book.write({ ...record, state: result.state, message: result.message, ...started });
  return { ...result, ...(run?.url === undefined ? {} : { runUrl: run.url }) };
}

function recordOf(
  { system, correlation, doorbell }: HttpRing,
  { environment, event, model, version }: News,
  at: Pick<RingRecord, 'attempt' | 'sentAt'>,
): RingRecord {
  const { title } = doorbell.preview;
  return {
    ...{ correlation, system, environment, event, model, version, title, ...at },
    ...{ state: 'sending', message: '', pid: process.pid, followed: doorbell.status !== undefined },
  };
}

/** Whether something was started, or may have been, whose end is not known yet. */
export function isUnderWay({ state, run, status, sentAt, followed }: RingRecord): boolean {
  if (!followed || state === 'refused') return false;
  const age = Date.now() - Date.parse(sentAt);
  if (run === undefined) return age < SOUGHT_FOR_MS;
  return (status === undefined || !ENDED.has(status)) && age < FOLLOWED_FOR_MS;
}

/**
 * How far the run of an earlier ring is, which is looked for by its name where it is not known yet; undefined where its
 * system does not tell, or there is no run.
 */
export async function followUp(
  correlation: string,
  doorbell: Doorbell,
  surroundings: RingSurroundings,
): Promise<RunStatus | undefined> {
  const { reach, book } = surroundings;
  const before = book.read(correlation);
  if (before === undefined || before === 'unreadable' || doorbell.status === undefined) return undefined;
  const record = before.run === undefined ? await withItsRun(before, doorbell, surroundings) : before;
  if (record?.run === undefined) return undefined;
  if (record.status !== undefined && ENDED.has(record.status)) {
    return { state: record.status, ...(record.run.url === undefined ? {} : { url: record.run.url }) };
  }
  const { url, ...run } = record.run;
  const status = await doorbell.status({ ...run, ...(url === undefined ? {} : { url }) }, reach);
  // What is the same is not written again: whoever watches the book would be told of nothing.
  if (status.state !== 'unknown' && status.state !== record.status) book.write({ ...record, status: status.state });
  return { ...(url === undefined ? {} : { url }), ...status };
}

/** Systems show a run some seconds after they started it, and an answer may have been lost. */
async function withItsRun(
  record: RingRecord,
  doorbell: Doorbell,
  { reach, book, now }: RingSurroundings,
): Promise<RingRecord | undefined> {
  if (doorbell.findsByName !== true || record.state === 'refused' || isBeingSent(record, now())) return undefined;
  const found = await doorbell.find(reach, new Date(Date.parse(record.sentAt) - CLOCK_SKEW_MS));
  if (typeof found !== 'object') return undefined;
  const isKnown = record.state === 'accepted' || record.state === 'already';
  const told = isKnown ? record : { ...record, state: 'accepted' as const, message: 'It was found.' };
  const located = { ...told, run: recorded(found) };
  book.write(located);
  return located;
}

function already(title: string, run: { readonly url?: string | undefined } | undefined): RingResult {
  const result = { state: 'already' as const, message: `${title}: it was told before, and is not told again.` };
  return run?.url === undefined ? result : { ...result, runUrl: run.url };
}

function recorded({ id, url }: StartedRun): { id: string; url?: string } {
  return url === undefined ? { id } : { id, url };
}
