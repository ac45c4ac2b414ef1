import type { MetricPoint } from '../run.ts';

/** Of each point its step, time and value. */
export const NUMBERS_A_POINT = 3;

/**
 * The latest points of a run's metrics, as plain numbers: two hundred thousand objects, of which nearly none is ever
 * looked at, would take longer to make than to read.
 */
export class PlainPoints implements ReadonlyMap<string, MetricPoint> {
  readonly names: readonly string[];
  /** Step, time and value of each, in the order of the names. */
  readonly numbers: readonly number[];

  constructor(names: readonly string[], numbers: readonly number[]) {
    this.names = names;
    this.numbers = numbers;
  }

  get size(): number {
    return this.names.length;
  }

  has(name: string): boolean {
    return this.names.includes(name);
  }

  get(name: string): MetricPoint | undefined {
    const at = this.names.indexOf(name);
    return at < 0 ? undefined : this.#pointAt(at);
  }

  forEach(use: (point: MetricPoint, name: string, map: ReadonlyMap<string, MetricPoint>) => void): void {
    for (const [name, point] of this) use(point, name, this);
  }

  keys(): MapIterator<string> {
    return this.names.values();
  }

  *values(): MapIterator<MetricPoint> {
    for (const at of this.names.keys()) yield this.#pointAt(at);
  }

  *entries(): MapIterator<[string, MetricPoint]> {
    for (const [at, name] of this.names.entries()) yield [name, this.#pointAt(at)];
  }

  [Symbol.iterator](): MapIterator<[string, MetricPoint]> {
    return this.entries();
  }

  #pointAt(at: number): MetricPoint {
    const first = at * NUMBERS_A_POINT;
    const [step, timestamp, value] = this.numbers.slice(first, first + NUMBERS_A_POINT) as [number, number, number];
    return { step, timestamp, value };
  }
}
