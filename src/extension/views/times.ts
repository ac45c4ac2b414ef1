import { t } from '../translation.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `3 hours ago`; a day once it is long past. Milliseconds since 1970. */
export function timeAgo(time: number, now: number): string {
  const age = now - time;
  if (age < MINUTE) return t('just now');
  if (age < HOUR) return t('{0} min ago', Math.floor(age / MINUTE));
  if (age < DAY) return t('{0} h ago', Math.floor(age / HOUR));
  if (age < 30 * DAY) return t('{0} d ago', Math.floor(age / DAY));
  return day(time);
}

/** `2026-11-23`, in UTC as everything that is signed. */
export function day(time: number | string): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** `2026-11-23 14:05 UTC`. */
export function dayAndTime(time: number | string): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** What is left until then: `in 89 d`, `today`, `expired`. */
export function timeUntil(time: number | string, now: number): string {
  const left = new Date(time).getTime() - now;
  if (left <= 0) return t('expired');
  if (left < DAY) return t('today');
  return t('in {0} d', Math.floor(left / DAY));
}
