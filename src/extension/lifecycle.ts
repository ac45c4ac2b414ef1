/** Anything that must be let go of; VS Code's own disposables are of this shape. */
export interface Disposable {
  dispose(): void;
}

/** Holds what was made, and lets go of it in reverse order, so that nothing outlives what it stands on. */
export class DisposableStore implements Disposable {
  readonly #held: Disposable[] = [];
  #disposed = false;

  add<Item extends Disposable>(item: Item): Item {
    if (this.#disposed) {
      item.dispose();
      return item;
    }
    this.#held.push(item);
    return item;
  }

  dispose(): void {
    this.#disposed = true;
    for (const item of this.#held.splice(0).reverse()) {
      item.dispose();
    }
  }
}
