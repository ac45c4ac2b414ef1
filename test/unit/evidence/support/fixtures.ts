import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../fixtures/', import.meta.url));

/** A file that a real tool made, by its path below `test/fixtures`. */
export function fixture(path: string): Uint8Array {
  return readFileSync(join(FOLDER, path));
}

/** Absolute path of a fixture. */
export function fixturePath(path: string): string {
  return join(FOLDER, path);
}

/** Names of a folder of fixtures, sorted. */
export function fixtureNames(folder: string): string[] {
  return readdirSync(join(FOLDER, folder)).sort();
}

/** Damaged copies of a file: cut at many places, and with single bits flipped, spread over it; always the same ones. */
export function* damaged(
  bytes: Uint8Array,
  count: number,
): Generator<{ readonly how: string; readonly bytes: Uint8Array }> {
  for (let step = 0; step < count; step += 1) {
    const cut = Math.floor((bytes.length * step) / count);
    yield { how: `cut after ${cut} bytes`, bytes: bytes.slice(0, cut) };
    const at = (step * 7919 + 13) % bytes.length;
    const flipped = bytes.slice();
    flipped[at] = (flipped[at] as number) ^ (1 << (step % 8));
    yield { how: `bit ${step % 8} of byte ${at} flipped`, bytes: flipped };
  }
}
