import { day } from '../../report/document/times.ts';
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

/** What is left until then: `in 89 d`, `today`, `expired`. */
export function timeUntil(time: number | string, now: number): string {
  const left = new Date(time).getTime() - now;
  if (left <= 0) return t('expired');
  if (left < DAY) return t('today');
  return t('in {0} d', Math.floor(left / DAY));
}

/** `3 min 20 s`; the two largest units are enough. Milliseconds. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return t('{0} s', seconds);
  if (seconds < 3600) return t('{0} min {1} s', Math.floor(seconds / 60), seconds % 60);
  return t('{0} h {1} min', Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60));
}
