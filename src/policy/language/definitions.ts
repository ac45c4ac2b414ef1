import { isScalar } from 'yaml';
import { tableAt } from './diagnostics/names.ts';
import type { Known } from './known.ts';
import { type Meaning, meaningOf } from './meanings.ts';
import type { PolicyDocument, TextRange } from './policy-document.ts';
import { datasetAt, textAt } from './sketch.ts';
import { entryAt, type Place, placeAt, rangeOf } from './tree.ts';

/** Where something is declared, or the file that it stands for; a line counts from 1. */
export type Target = { readonly range: TextRange } | { readonly file: string; readonly line?: number };

export interface Definition {
  /** The word that was followed. */
  readonly origin: TextRange;
  readonly targets: readonly Target[];
}

/** What a name leads to: its declaration in the policy, or the evidence that it is about. */
export function definitionAt(document: PolicyDocument, known: Known, offset: number): Definition | undefined {
  const place = placeAt(document, offset);
  if (place === undefined) return undefined;
  const targets = targetsOf(document, known, place);
  return targets.length === 0 ? undefined : { origin: place.range, targets };
}

function targetsOf(document: PolicyDocument, known: Known, { path, part }: Place): readonly Target[] {
  const name = part === 'key' ? String(path.at(-1)) : scalarAt(document, path);
  if (name === undefined) return [];
  const meaning = meaningOf(path, part, document.plain);
  const declared = meaning === undefined ? [] : declarationOf(meaning, name, document, known);
  if (declared.length > 0) return declared;
  const [room, id, ...deeper] = path.map(String);
  if (room === 'datasets' && id !== undefined && deeper.length === 0) {
    return filesOf(known, textAt(datasetAt(document.plain, id), 'path'));
  }
  // Whatever else stands in a check leads to what its value was computed from.
  return room === 'checks' && id !== undefined ? evidenceOf(known, id) : [];
}

function declarationOf(meaning: Meaning, name: string, document: PolicyDocument, known: Known): readonly Target[] {
  switch (meaning.kind) {
    case 'dataset':
      return keyAt(document, ['datasets', name]);
    case 'group':
      return keyAt(document, ['datasets', meaning.dataset ?? '', 'groups', name]);
    case 'role':
      return keyAt(document, ['signoff', 'roles', name]);
    case 'environment':
      return keyAt(document, ['signoff', 'environments', name]);
    case 'model-reference':
      return keyAt(document, ['signoff', 'environments', name]);
    case 'person':
      return signersLine(known, name);
    case 'column':
      return meaning.tables.flatMap((path) => filesOf(known, path));
    case 'file':
      return filesOf(known, name);
    default:
      return [];
  }
}

function signersLine({ facts: { signers, signersFile } }: Known, name: string): readonly Target[] {
  if (signersFile === undefined) return [];
  const line = signers?.find(({ person }) => person === name)?.line;
  return [{ file: signersFile, ...(line === undefined ? {} : { line }) }];
}

function filesOf(known: Known, path: string | undefined): readonly Target[] {
  return (tableAt(known, path)?.files ?? []).map((file) => ({ file }));
}

function evidenceOf({ assessed }: Known, id: string): readonly Target[] {
  return (assessed?.outcomes.get(id)?.evidence ?? []).map((file) => ({ file }));
}

function keyAt(document: PolicyDocument, path: readonly string[]): readonly Target[] {
  const key = entryAt(document, path)?.key;
  return key === undefined ? [] : [{ range: rangeOf(document, key) }];
}

function scalarAt(document: PolicyDocument, path: Place['path']): string | undefined {
  const value = entryAt(document, path)?.value;
  return isScalar(value) ? String(value.value) : undefined;
}
