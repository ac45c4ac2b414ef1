import type { Disposable } from '../lifecycle.ts';

export interface CoalescerOptions<Request> {
  /** How long nothing more must have been asked for, in milliseconds. */
  readonly quietMs: number;
  /** How long the first who asked waits at most, in milliseconds, however many more ask. */
  readonly mostMs: number;
  /** What answers both. */
  readonly merge: (one: Request, other: Request) => Request;
  readonly act: (request: Request) => void;
}

/** Makes one of many requests in a row: training writes a thousand files a second, and never stops for hours. */
export class Coalescer<Request> implements Disposable {
  readonly #options: CoalescerOptions<Request>;
  #waiting: { request: Request; readonly since: number; timer: NodeJS.Timeout } | undefined;

  constructor(options: CoalescerOptions<Request>) {
    this.#options = options;
  }

  get isWaiting(): boolean {
    return this.#waiting !== undefined;
  }

  ask(request: Request): void {
    const { quietMs, mostMs, merge } = this.#options;
    const earlier = this.#waiting;
    if (earlier === undefined) {
      this.#waiting = { request, since: performance.now(), timer: setTimeout(() => this.#act(), quietMs) };
      return;
    }
    clearTimeout(earlier.timer);
    const left = Math.max(0, mostMs - (performance.now() - earlier.since));
    earlier.request = merge(earlier.request, request);
    earlier.timer = setTimeout(() => this.#act(), Math.min(quietMs, left));
  }

  /** Gives back what waits and would not be acted upon any more. */
  take(): Request | undefined {
    const waiting = this.#waiting;
    if (waiting === undefined) return undefined;
    clearTimeout(waiting.timer);
    this.#waiting = undefined;
    return waiting.request;
  }

  dispose(): void {
    this.take();
  }

  #act(): void {
    const request = this.take();
    if (request !== undefined) this.#options.act(request);
  }
}
