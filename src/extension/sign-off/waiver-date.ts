import { daysAfter, endOfDay, formatDay } from '../../approval/formats.ts';
import { t } from '../translation.ts';

/** What is proposed where the policy sets no limit. */
const USUAL_DAYS = 30;

/** The last day, in UTC, that a waiver given now should or may run to. */
export function lastWaiverDay(maxDays: number | undefined, now: number): string {
  return formatDay(daysAfter(now, maxDays ?? USUAL_DAYS));
}

/** A sentence when the text is no day that a waiver may run to. */
export function complainAboutDay(text: string, maxDays: number | undefined, now: number): string | undefined {
  const end = endOfDay(text);
  const last = lastWaiverDay(maxDays, now);
  if (end === undefined) return t('Write a day as YYYY-MM-DD, for example {0}.', last);
  if (end < now) return t('That day is over.');
  if (maxDays === undefined || text <= last) return undefined;
  return maxDays === 1
    ? t('The policy lets a waiver run for 1 day: until {0} at the latest.', last)
    : t('The policy lets a waiver run for {0} days: until {1} at the latest.', maxDays, last);
}
