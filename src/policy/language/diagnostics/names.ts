import { isScalar } from 'yaml';
import { didYouMean } from '../../did-you-mean.ts';
import { binLabels, MISSING_GROUP } from '../../groups.ts';
import { listed, shorten } from '../../wording.ts';
import { keyText } from '../../yaml/to-plain.ts';
import type { ColumnFacts, TableFacts } from '../facts.ts';
import type { Known } from '../known.ts';
import { type Meaning, meaningOf } from '../meanings.ts';
import type { PolicyDocument } from '../policy-document.ts';
import { binsOf, columnOfGroup, datasetAt, mapAt, textAt } from '../sketch.ts';
import { type Entry, everyEntry, rangeOf } from '../tree.ts';
import type { Diagnostic } from './diagnostic.ts';

/** What is wrong with one name, where something is. */
type Finding = Pick<Diagnostic, 'code' | 'message' | 'suggestion'>;
type Find = (name: string, meaning: Meaning, context: Context) => Finding | undefined;

interface Context {
  readonly document: PolicyDocument;
  readonly known: Known;
  readonly entry: Entry;
}

/** Names of columns, logged metrics, runs and values that the actual tables and runs do not have. */
export function nameDiagnostics(document: PolicyDocument, known: Known): readonly Diagnostic[] {
  const { facts } = known;
  const nothing = facts.run === undefined && facts.runs === undefined && Object.keys(facts.tables).length === 0;
  if (nothing) return [];
  const found: Diagnostic[] = [];
  for (const entry of everyEntry(document.tree)) {
    const context = { document, known, entry };
    for (const part of ['key', 'value'] as const) {
      const node = entry[part];
      const meaning = isScalar(node) ? meaningOf(entry.path, part, document.plain) : undefined;
      if (node == null || meaning === undefined || !isScalar(node)) continue;
      const name = part === 'key' ? (keyText(node) ?? '') : scalarText(node.value);
      const finding = name === undefined || name === '' ? undefined : FINDERS[meaning.kind]?.(name, meaning, context);
      if (finding !== undefined) {
        found.push({ ...finding, severity: 'warning', origin: 'facts', range: rangeOf(document, node) });
      }
    }
  }
  return found;
}

const FINDERS: Readonly<Partial<Record<Meaning['kind'], Find>>> = {
  column: unknownColumn,
  logged: unknownLogged,
  'model-reference': unknownRun,
  'group-value': unknownGroupValue,
  class: unknownClass,
};

function unknownColumn(name: string, meaning: Meaning, { known }: Context): Finding | undefined {
  if (meaning.kind !== 'column') return undefined;
  for (const path of meaning.tables) {
    const table = tableAt(known, path);
    if (table === undefined || table.columns.some((column) => column.name === name)) continue;
    const columns = table.columns.map((column) => column.name);
    return suggested('unknown-column', `${path} has no column "${shorten(name)}"`, name, columns, 'its columns are');
  }
  return undefined;
}

function unknownLogged(name: string, _: Meaning, { known }: Context): Finding | undefined {
  const { loggedNames: names } = known;
  const { run } = known.facts;
  if (run === undefined || names === undefined || names.includes(name)) return undefined;
  const what = `The run "${shorten(run.name)}" logged no metric "${shorten(name)}"`;
  return suggested('unknown-logged-metric', what, name, names, 'it logged');
}

function unknownRun(name: string, _: Meaning, { known }: Context): Finding | undefined {
  const { runs } = known.facts;
  if (!name.startsWith('run:') || runs === undefined || !runs.complete) return undefined;
  const id = name.slice('run:'.length);
  if (runs.known.some((run) => run.id === id)) return undefined;
  // A run's name in place of its id is the likeliest slip.
  const named = runs.known.find((run) => run.name === id);
  if (named !== undefined) {
    const message = `"run:" takes a run’s id, and "${shorten(id)}" is a name; did you mean "run:${named.id}"?`;
    return { code: 'unknown-run', message, suggestion: `run:${named.id}` };
  }
  const near = didYouMean(
    id,
    runs.known.map((run) => run.id),
  );
  const what = `There is no run "${shorten(id)}"`;
  return near === undefined
    ? { code: 'unknown-run', message: `${what}; write run: and the id of one that there is.` }
    : { code: 'unknown-run', message: `${what}; did you mean "run:${near}"?`, suggestion: `run:${near}` };
}

function unknownGroupValue(name: string, meaning: Meaning, { document, known }: Context): Finding | undefined {
  if (meaning.kind !== 'group-value') return undefined;
  const dataset = datasetAt(document.plain, meaning.dataset);
  const group = mapAt(document.plain, ['datasets', meaning.dataset, 'groups', meaning.group]);
  // Bins and periods make groups of their own; the rules of the language look after bins.
  if (binsOf(group) !== undefined || group?.['every'] !== undefined) return undefined;
  const column = columnAt(known, textAt(dataset, 'path'), columnOfGroup(dataset, meaning.group));
  const values = completeValues(column);
  if (column === undefined || values === undefined || values.includes(name) || name === MISSING_GROUP) return undefined;
  const what = `No row has "${shorten(name)}" in the column "${column.name}"`;
  return suggested('unknown-group-value', what, name, values, 'its values are');
}

function unknownClass(name: string, meaning: Meaning, { document, known }: Context): Finding | undefined {
  if (meaning.kind !== 'class') return undefined;
  for (const each of meaning.datasets) {
    const dataset = datasetAt(document.plain, each);
    const column = columnAt(known, textAt(dataset, 'path'), textAt(dataset, 'label'));
    const values = completeValues(column);
    if (column === undefined || values === undefined || values.some((value) => sameValue(value, name))) continue;
    const what = `No row has "${shorten(name)}" as its label in the column "${column.name}"`;
    return suggested('unknown-class', what, name, values, 'its values are');
  }
  return undefined;
}

/** `1`, `1.0` and `true` may be one value, written by different tools. */
function sameValue(one: string, other: string): boolean {
  if (one === other) return true;
  const numberOf = (text: string): number => (text === 'true' ? 1 : text === 'false' ? 0 : Number(text));
  return one.trim() !== '' && other.trim() !== '' && numberOf(one) === numberOf(other);
}

function completeValues(column: ColumnFacts | undefined): readonly string[] | undefined {
  return column?.complete === true ? column.values : undefined;
}

/** The names of the groups that a declared group makes, where they are known. */
export function groupValues(
  document: Pick<PolicyDocument, 'plain'>,
  known: Known,
  dataset: string,
  group: string,
): readonly string[] {
  const declared = mapAt(document.plain, ['datasets', dataset, 'groups', group]);
  const bins = binsOf(declared);
  if (bins !== undefined) return binLabels(bins);
  if (declared?.['every'] !== undefined) return [];
  const written = datasetAt(document.plain, dataset);
  return columnAt(known, textAt(written, 'path'), columnOfGroup(written, group))?.values ?? [];
}

export function tableAt(known: Known, path: string | undefined): TableFacts | undefined {
  const { tables } = known.facts;
  return path !== undefined && Object.hasOwn(tables, path) ? tables[path] : undefined;
}

export function columnAt(known: Known, path: string | undefined, name: string | undefined): ColumnFacts | undefined {
  return tableAt(known, path)?.columns.find((column) => column.name === name);
}

const MOST_LISTED = 12;

function suggested(code: string, what: string, name: string, names: readonly string[], lead: string): Finding {
  const suggestion = didYouMean(name, names);
  if (suggestion !== undefined) return { code, message: `${what}; did you mean "${suggestion}"?`, suggestion };
  if (names.length === 0) return { code, message: `${what}.` };
  const shown = names.slice(0, MOST_LISTED).map((each) => `"${shorten(each)}"`);
  const rest = names.length > MOST_LISTED ? [`${names.length - MOST_LISTED} more`] : [];
  return { code, message: `${what}; ${lead} ${listed([...shown, ...rest])}.` };
}

function scalarText(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}
