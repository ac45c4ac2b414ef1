/** How long each part of an exchange may take, in milliseconds. */
export interface HttpTimeouts {
  /** From asking until the answer begins. Connecting alone is bounded by Node’s own ten seconds. */
  readonly answer: number;
  /** Between two pieces of an answer. */
  readonly idle: number;
  /** The whole exchange, with every attempt and pause. */
  readonly total: number;
}

/** The reason of an exchange that was given up, because the server took too long. */
export class TooSlow extends Error {
  readonly part: keyof HttpTimeouts;
  readonly milliseconds: number;

  constructor(part: keyof HttpTimeouts, milliseconds: number) {
    super(`${part} took more than ${milliseconds} ms`);
    this.part = part;
    this.milliseconds = milliseconds;
  }
}

/** Gives an exchange up when a part of it takes too long, or when the caller does. */
export interface Watch {
  readonly signal: AbortSignal;
  /** Starts the clock of this part, in place of the part before. */
  begin(part: 'answer' | 'idle'): void;
  end(): void;
}

export function startWatch(timeouts: HttpTimeouts, deadline: number, caller: AbortSignal | undefined): Watch {
  const controller = new AbortController();
  const giveUp = (part: keyof HttpTimeouts) => controller.abort(new TooSlow(part, timeouts[part]));
  const total = setTimeout(giveUp, Math.max(deadline - Date.now(), 0), 'total' as const);
  let current: NodeJS.Timeout | undefined;
  return {
    signal: caller === undefined ? controller.signal : AbortSignal.any([controller.signal, caller]),
    begin(part) {
      clearTimeout(current);
      current = setTimeout(giveUp, timeouts[part], part);
    },
    end() {
      clearTimeout(total);
      clearTimeout(current);
    },
  };
}
