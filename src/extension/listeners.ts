import type { Disposable } from './lifecycle.ts';

/** Who wants to know of something. VS Code's EventEmitter without VS Code. */
export class Listeners<Value> {
  readonly #listeners = new Set<(value: Value) => void>();

  readonly add = (listener: (value: Value) => void): Disposable => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  tell(value: Value): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
}
