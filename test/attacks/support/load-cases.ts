import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Attack } from './attack.ts';
import type { Recipe } from './recipe.ts';

export interface NamedAttack {
  /** Row and file, as words. */
  readonly name: string;
  /** Path below the folder of attacks. */
  readonly file: string;
  readonly attack: Attack;
}

export interface NamedRecipe {
  readonly name: string;
  readonly recipe: Recipe;
}

const FOLDER = dirname(import.meta.dirname);

/** Paths of all attacks below their folder, in order. */
export function attackFiles(): string[] {
  return globSync('*/*.ts', { cwd: FOLDER, exclude: ['support/**', 'guards/**', 'honest/**'] }).sort();
}

/** The attacks in these files: every one when not given. */
export async function loadAttacks(files: readonly string[] = attackFiles()): Promise<NamedAttack[]> {
  return Promise.all(
    files.map(async (file) => {
      const { attack } = (await import(join(FOLDER, file))) as { readonly attack: Attack };
      return { name: `${inWords(dirname(file))}: ${inWords(file)}`, file, attack };
    }),
  );
}

/** Every case that must pass. */
export async function loadHonestCases(): Promise<NamedRecipe[]> {
  const files = globSync('honest/*.ts', { cwd: FOLDER }).sort();
  return Promise.all(
    files.map(async (file) => {
      const { recipe } = (await import(join(FOLDER, file))) as { readonly recipe: Recipe };
      return { name: inWords(file), recipe };
    }),
  );
}

function inWords(path: string): string {
  return basename(path, '.ts').replaceAll('-', ' ');
}
