import type { Group } from '../policy/schema.ts';

const DAY = 86_400_000;

/**
 * The period that a time falls in, in UTC: `2024-03-05`, `2024-W10` (ISO 8601: weeks begin on Monday, and belong to
 * the year of their Thursday), `2024-03`, `2024-Q1`, `2024`.
 *
 * @param time milliseconds since 1970
 */
export function periodOf(time: number, every: NonNullable<Group['every']>): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return `outside the calendar`;
  const year = yearOf(date);
  const month = date.getUTCMonth() + 1;
  switch (every) {
    case 'day':
      return `${year}-${two(month)}-${two(date.getUTCDate())}`;
    case 'week':
      return weekOf(date);
    case 'month':
      return `${year}-${two(month)}`;
    case 'quarter':
      return `${year}-Q${Math.ceil(month / 3)}`;
    case 'year':
      return year;
  }
}

function weekOf(date: Date): string {
  const fromMonday = (date.getUTCDay() + 6) % 7;
  const thursday = new Date(date.getTime() + (3 - fromMonday) * DAY);
  const firstOfYear = new Date(0);
  firstOfYear.setUTCFullYear(thursday.getUTCFullYear(), 0, 1);
  const week = Math.floor((thursday.getTime() - firstOfYear.getTime()) / (7 * DAY)) + 1;
  return `${yearOf(thursday)}-W${two(week)}`;
}

function yearOf(date: Date): string {
  const year = date.getUTCFullYear();
  return `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
