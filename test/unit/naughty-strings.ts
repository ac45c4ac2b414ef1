// The Big List of Naughty Strings by Max Woolf (minimaxir/big-list-of-naughty-strings at db33ec7, MIT), as it was published.
import { readFileSync } from 'node:fs';

const FILE = new URL('../fixtures/naughty-strings/blns.json', import.meta.url);

/** Strings that have broken programs of others, none of them empty. */
export const NAUGHTY_STRINGS: readonly string[] = (JSON.parse(readFileSync(FILE, 'utf8')) as string[]).filter(
  (text) => text !== '',
);

/** Those that can be somebody's or something's name: not blank. */
export const NAUGHTY_NAMES: readonly string[] = NAUGHTY_STRINGS.filter((text) => text.trim() !== '');
