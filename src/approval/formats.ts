import { decodeBase64 } from './base64.ts';

/** The formats of the signed fields (contract: the design's §6). */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const SHA256 = /^[0-9a-f]{64}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

/** A project, model, role or environment. */
export function isName(value: string): boolean {
  return NAME.test(value);
}

export function isSha256(value: string): boolean {
  return SHA256.test(value);
}

/** A key's fingerprint as OpenSSH prints it, in its one spelling. */
export function isFingerprint(value: string): boolean {
  const digest = /^SHA256:([A-Za-z0-9+/]{43})$/.exec(value)?.[1];
  return digest !== undefined && decodeBase64(`${digest}=`) !== undefined;
}

/** Milliseconds since 1970 of `YYYY-MM-DDTHH:MM:SSZ`; undefined for any other text and for days that do not exist. */
export function parseInstant(text: string): number | undefined {
  const time = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isFinite(time) && formatInstant(time) === text ? time : undefined;
}

export function formatInstant(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** The last millisecond of the UTC day `YYYY-MM-DD`; undefined for any other text and for days that do not exist. */
export function endOfDay(day: string): number | undefined {
  const start = DAY.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  return Number.isFinite(start) && formatDay(start) === day ? start + DAY_MS - 1 : undefined;
}

export function formatDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** How far the clocks of a signer and of a pipeline may differ. */
export const CLOCK_SKEW_MS = 5 * 60_000;

export const DEFAULT_LIFETIME_MS = 90 * DAY_MS;

/** How long approvals last in an environment: `expires_after` is `<n>h`, `<n>d` or `<n>w`. */
export function lifetimeOf(expiresAfter: string | undefined): number {
  const [, count, unit] = /^([1-9][0-9]{0,5})([hdw])$/.exec(expiresAfter ?? '') ?? [];
  if (count === undefined || unit === undefined) return DEFAULT_LIFETIME_MS;
  const unitMs = { h: DAY_MS / 24, d: DAY_MS, w: 7 * DAY_MS }[unit] ?? DAY_MS;
  return Number(count) * unitMs;
}

/** The last millisecond of the day that is `days` days after the day of `time`. */
export function daysAfter(time: number, days: number): number {
  return (endOfDay(formatDay(time)) ?? time) + days * DAY_MS;
}
