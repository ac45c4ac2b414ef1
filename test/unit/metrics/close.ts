import assert from 'node:assert/strict';

const TOLERANCE = 1e-12;

/** Equal but for rounding: 1e-12, relative to numbers above 1. NaN is NaN. */
export function assertClose(actual: number, expected: number, what = 'it'): void {
  if (Number.isNaN(expected)) assert.ok(Number.isNaN(actual), `${what}: ${actual} is not NaN`);
  else {
    const distance = actual === expected ? 0 : Math.abs(actual - expected);
    assert.ok(distance <= TOLERANCE * Math.max(1, Math.abs(expected)), `${what}: ${actual} is not ${expected}`);
  }
}

export function assertAllClose(actual: Readonly<Record<string, number>>, expected: Readonly<Record<string, number>>) {
  for (const [name, value] of Object.entries(expected)) assertClose(actual[name] ?? Number.NaN, value, name);
}
