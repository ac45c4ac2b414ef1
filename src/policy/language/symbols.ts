import { isCollection, isScalar } from 'yaml';
import { boundsOf } from './bounds.ts';
import type { Known } from './known.ts';
import type { PolicyDocument, TextRange } from './policy-document.ts';
import { checkAt, datasetAt, mapAt, textAt, textsIn } from './sketch.ts';
import { standingOf } from './standing.ts';
import { type Entry, entriesOf, extentOf, rangeOf } from './tree.ts';
import { STATUS_SIGNS } from './value-words.ts';

export type SymbolKind = 'section' | 'dataset' | 'group' | 'check' | 'role' | 'environment' | 'entry';

/** One line of a policy's outline. */
export interface PolicySymbol {
  readonly name: string;
  /** A few words beside the name. Plain text. */
  readonly detail: string;
  readonly kind: SymbolKind;
  readonly range: TextRange;
  /** The name's own place. */
  readonly selection: TextRange;
  readonly children: readonly PolicySymbol[];
}

/** Which entries the outline shows, and as what; `*` stands for any name. */
const SHOWN: readonly (readonly [pattern: string, kind: SymbolKind])[] = [
  ['*', 'section'],
  ['datasets.*', 'dataset'],
  ['datasets.*.groups.*', 'group'],
  ['checks.*', 'check'],
  ['signoff.*', 'entry'],
  ['signoff.roles.*', 'role'],
  ['signoff.environments.*', 'environment'],
  ['pipeline.*', 'environment'],
];

/** The outline: sections, data sets with their groups, checks with how they stand, roles and environments. */
export function policySymbols(document: PolicyDocument, known: Known): readonly PolicySymbol[] {
  return symbolsBelow(document, known, entriesOf(document.tree, []));
}

function symbolsBelow(document: PolicyDocument, known: Known, entries: readonly Entry[]): readonly PolicySymbol[] {
  return entries.flatMap((entry): readonly PolicySymbol[] => {
    const below = symbolsBelow(document, known, entriesOf(entry.value, entry.path));
    const kind = kindOf(entry);
    if (kind === undefined || entry.key === undefined) return below;
    const name = String(entry.path.at(-1));
    if (name === '') return below;
    const detail = detailOf(document, known, entry, kind);
    const selection = rangeOf(document, entry.key);
    return [{ name, detail, kind, range: extentOf(document, entry), selection, children: below }];
  });
}

function kindOf({ path }: Entry): SymbolKind | undefined {
  const steps = path.map(String);
  return SHOWN.find(([pattern]) => {
    const wanted = pattern.split('.');
    return wanted.length === steps.length && wanted.every((step, index) => step === '*' || step === steps[index]);
  })?.[1];
}

function detailOf(document: PolicyDocument, known: Known, entry: Entry, kind: SymbolKind): string {
  const { value, path } = entry;
  if (kind === 'check') return checkDetail(document, known, String(path[1]));
  if (isScalar(value)) return String(value.value ?? '');
  const name = String(path.at(-1));
  if (kind === 'dataset') return textAt(datasetAt(document.plain, name), 'path') ?? '';
  if (kind === 'role') return textsIn(mapAt(document.plain, ['signoff', 'roles'])?.[name]).join(', ');
  return isCollection(value) && kind === 'section' ? String(value.items.length) : '';
}

function checkDetail(document: PolicyDocument, known: Known, id: string): string {
  const check = checkAt(document.plain, id);
  const what = textAt(check, 'metric') ?? textAt(check, 'logged') ?? textAt(check, 'method') ?? '';
  const bounds = [...boundsOf(check)].map(([key, bound]) => `${key} ${bound}`).join(', ');
  const standing = standingOf(document, known, id);
  const status = standing === undefined || standing.by === 'bound unknown' ? undefined : standing.outcome.status;
  const sign = status === undefined ? '' : `${STATUS_SIGNS[status].sign} ${STATUS_SIGNS[status].word}`;
  return [textAt(check, 'check') ?? '', what, bounds, sign].filter((text) => text !== '').join(' · ');
}
