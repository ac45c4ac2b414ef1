/** `2026-11-23`, in UTC as everything that is signed. */
export function day(time: number | string): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** `2026-11-23 14:05 UTC`. */
export function dayAndTime(time: number | string): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
