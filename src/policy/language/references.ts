import { isScalar } from 'yaml';
import { type Meaning, meaningOf } from './meanings.ts';
import type { PolicyDocument, TextRange } from './policy-document.ts';
import { type Entry, entryAt, everyEntry, type Place, placeAt, rangeOf } from './tree.ts';

/** Everywhere that the policy uses the same thing, its declaration first where that is asked for. */
export function referencesAt(
  document: PolicyDocument,
  offset: number,
  declaration: 'with the declaration' | 'uses only',
): readonly TextRange[] {
  const place = placeAt(document, offset);
  const thing = place && thingAt(document, place.path, place.part);
  if (thing === undefined) return [];
  const found: TextRange[] = [];
  for (const entry of everyEntry(document.tree)) {
    for (const part of ['key', 'value'] as const) {
      const other = thingOf(document, entry, part);
      const wanted = other?.role === 'use' || declaration === 'with the declaration';
      const node = entry[part];
      if (other?.name === thing.name && wanted && node != null) found.push(rangeOf(document, node));
    }
  }
  return found;
}

/** The checks that use a logged metric, by where their names stand. */
export function checksOfLoggedMetric(document: PolicyDocument, name: string): readonly TextRange[] {
  const checks = everyEntry(document.tree).filter(
    (entry) => entry.path.length === 3 && entry.path[0] === 'checks' && entry.path[2] === 'logged',
  );
  return checks
    .filter(({ value }) => isScalar(value) && value.value === name)
    .map(({ path }) => entryAt(document, path.slice(0, 2))?.key)
    .flatMap((key) => (key === undefined ? [] : [rangeOf(document, key)]));
}

/** A name in one of the policy's name spaces, and whether it is declared or used there. */
interface Thing {
  readonly name: string;
  readonly role: 'declaration' | 'use';
}

function thingAt(document: PolicyDocument, path: Place['path'], part: 'key' | 'value'): Thing | undefined {
  const entry = entryAt(document, path);
  return entry && thingOf(document, entry, part);
}

function thingOf({ plain }: PolicyDocument, { path, value }: Entry, part: 'key' | 'value'): Thing | undefined {
  const name = part === 'key' ? String(path.at(-1)) : isScalar(value) ? String(value.value) : undefined;
  if (name === undefined) return undefined;
  const declared = part === 'key' ? declaredSpace(path.map(String)) : undefined;
  if (declared !== undefined) return { name: `${declared}/${name}`, role: 'declaration' };
  const meaning = meaningOf(path, part, plain);
  const space = meaning && usedSpace(meaning, name);
  return space === undefined ? undefined : { name: `${space}/${name}`, role: 'use' };
}

function declaredSpace(path: readonly string[]): string | undefined {
  const [room, name, part] = path;
  if (room === 'datasets' && path.length === 2) return 'dataset';
  if (room === 'datasets' && part === 'groups' && path.length === 4) return `group/${name}`;
  if (room !== 'signoff' || path.length !== 3) return undefined;
  return name === 'roles' ? 'role' : name === 'environments' ? 'environment' : undefined;
}

function usedSpace(meaning: Meaning, name: string): string | undefined {
  switch (meaning.kind) {
    case 'group':
      return `group/${meaning.dataset ?? ''}`;
    case 'model-reference':
      return name.startsWith('run:') ? 'run' : 'environment';
    case 'dataset':
    case 'role':
    case 'environment':
    case 'person':
    case 'logged':
      return meaning.kind;
    case 'column':
      return `column/${meaning.tables.toSorted().join()}`;
    default:
      return undefined;
  }
}
