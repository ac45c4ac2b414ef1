import { isScalar } from 'yaml';
import { capitalised, countOf } from '../../../base/text.ts';
import { FAIRNESS_NAMES, type FairnessName } from '../../fairness-names.ts';
import { METRIC_NAMES, type MetricName } from '../../metric-names.ts';
import { columnAt, tableAt } from '../diagnostics/names.ts';
import { driftWords, isDriftMethod } from '../drift-words.ts';
import type { ColumnFacts } from '../facts.ts';
import type { Known } from '../known.ts';
import { code, plain } from '../markdown.ts';
import { type Meaning, meaningOf } from '../meanings.ts';
import { fairnessWords, type MetricWords, metricWords } from '../metric-words.ts';
import type { PolicyDocument } from '../policy-document.ts';
import { datasetAt, mapAt, namesIn, textAt, textsIn } from '../sketch.ts';
import { entryAt, type Place } from '../tree.ts';
import { valueText } from '../value-words.ts';

type Describe = (name: string, meaning: Meaning, document: PolicyDocument, known: Known) => readonly string[];

/** What a name stands for: a metric's formula, a column's type and values, a data set's table, a person's key. */
export function nameHover(document: PolicyDocument, known: Known, { path, part }: Place): readonly string[] {
  const meaning = meaningOf(path, part, document.plain);
  const name = part === 'key' ? String(path.at(-1)) : scalarAt(document, path);
  if (name === undefined) return [];
  if (meaning !== undefined) return DESCRIBE[meaning.kind]?.(name, meaning, document, known) ?? [];
  return declared(name, { path, part }, document, known);
}

const DESCRIBE: Readonly<Partial<Record<Meaning['kind'], Describe>>> = {
  metric: (name) => (METRIC_NAMES.includes(name as MetricName) ? [wordsOf(metricWords(name as MetricName))] : []),
  'fairness-metric': (name) =>
    FAIRNESS_NAMES.includes(name as FairnessName) ? [wordsOf(fairnessWords(name as FairnessName))] : [],
  'drift-method': (name) => (isDriftMethod(name) ? [wordsOf(driftWords(name))] : []),
  logged: describeLogged,
  column: describeColumn,
  dataset: (name, _, document, known) => describeDataset(name, document, known),
  role: (name, _, document, known) => describeRole(name, document, known),
  person: (name, _, __, known) => describePerson(name, known),
  'model-reference': describeModel,
};

/** Names that are declared here, and not referred to. */
function declared(
  name: string,
  { path, part }: Pick<Place, 'path' | 'part'>,
  document: PolicyDocument,
  known: Known,
): readonly string[] {
  if (part !== 'key') return [];
  if (path.length === 2 && path[0] === 'datasets') return describeDataset(name, document, known);
  const isRole = path.length === 3 && path[0] === 'signoff' && path[1] === 'roles';
  return isRole ? describeRole(name, document, known) : [];
}

function wordsOf({ meaning, formula, direction, range, tasks }: MetricWords): string {
  return [
    plain(meaning),
    `Formula ${code(formula)}`,
    `${plain(capitalised(direction))}; ${plain(range)}; for ${plain(tasks)}`,
  ].join('  \n');
}

function describeLogged(name: string, _: Meaning, __: PolicyDocument, { facts: { run } }: Known): readonly string[] {
  const metric = run?.metrics.find((each) => each.name === name);
  if (run === undefined || metric === undefined) return [];
  return [`Logged by ${plain(run.name)}: ${code(valueText(metric.value))}`];
}

function describeColumn(name: string, meaning: Meaning, _: PolicyDocument, known: Known): readonly string[] {
  if (meaning.kind !== 'column') return [];
  return meaning.tables.flatMap((path) => {
    const column = columnAt(known, path, name);
    return column === undefined ? [] : [`Column of ${code(path)}: ${columnText(column)}`];
  });
}

const MOST_VALUES = 12;

function columnText({ type, values, complete }: ColumnFacts): string {
  if (values === undefined || values.length === 0) return plain(type);
  const shown = values.slice(0, MOST_VALUES).map(code).join(', ');
  const more = values.length > MOST_VALUES || complete !== true ? ', …' : '';
  return `${plain(type)}; values ${shown}${more}`;
}

function describeDataset(name: string, document: PolicyDocument, known: Known): readonly string[] {
  const path = textAt(datasetAt(document.plain, name), 'path');
  if (path === undefined) return [];
  const table = tableAt(known, path);
  if (table === undefined) return [`Table ${code(path)}`];
  const rows = table.rows === undefined ? '' : `${countOf(table.rows, 'row')}, `;
  const names = table.columns.slice(0, MOST_VALUES).map((column) => code(column.name));
  const more = table.columns.length > MOST_VALUES ? ', …' : '';
  return [`Table ${code(path)}: ${rows}${countOf(table.columns.length, 'column')}  \n${names.join(', ')}${more}`];
}

function describeRole(name: string, document: PolicyDocument, known: Known): readonly string[] {
  const people = textsIn(mapAt(document.plain, ['signoff', 'roles'])?.[name]);
  if (people.length === 0) return [];
  const environments = namesIn(document.plain, ['signoff', 'environments']).flatMap((environment) => {
    const need = mapAt(document.plain, ['signoff', 'environments', environment, 'require'])?.[name];
    return typeof need === 'number' ? [`${need} for ${plain(environment)}`] : [];
  });
  const who = people.map((person) => [plain(person), ...describePerson(person, known)].join(': ')).join('  \n');
  return [who, ...(environments.length === 0 ? [] : [`Must approve: ${environments.join(', ')}`])];
}

function describePerson(name: string, { facts: { signers } }: Known): readonly string[] {
  if (signers === undefined) return [];
  const own = signers.filter(({ person }) => person === name);
  if (own.length === 0) return ['has no key in .signoff/allowed_signers'];
  return own.some(({ standing }) => standing === 'may sign') ? ['has a key'] : ['has a key that may not sign now'];
}

function describeModel(name: string, _: Meaning, __: PolicyDocument, { facts: { runs } }: Known): readonly string[] {
  if (!name.startsWith('run:')) return [];
  const run = runs?.known.find(({ id }) => id === name.slice('run:'.length));
  return run === undefined ? [] : [`The run ${plain(run.name)}`];
}

function scalarAt(document: PolicyDocument, path: Place['path']): string | undefined {
  const value = entryAt(document, path)?.value;
  return isScalar(value) ? String(value.value) : undefined;
}
