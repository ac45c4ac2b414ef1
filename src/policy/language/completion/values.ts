import { countOf } from '../../../base/text.ts';
import { FAIRNESS_NAMES, fairnessFacts } from '../../fairness-names.ts';
import { METRIC_NAMES, metricFacts, type Task } from '../../metric-names.ts';
import { CheckSchema, PolicySchema } from '../../schema.ts';
import { describedAt } from '../../schema-words.ts';
import { columnAt, groupValues, tableAt } from '../diagnostics/names.ts';
import { driftWords, isDriftMethod } from '../drift-words.ts';
import type { Known } from '../known.ts';
import { described } from '../markdown.ts';
import { type Meaning, meaningOf } from '../meanings.ts';
import { fairnessWords, type MetricWords, metricWords } from '../metric-words.ts';
import { datasetAt, mapAt, namesIn, textAt, textsIn } from '../sketch.ts';
import { valueText } from '../value-words.ts';
import { yamlText } from '../yaml-text.ts';
import { boundCompletions } from './bounds.ts';
import type { CompletionItem } from './completion-item.ts';
import type { Cursor } from './cursor.ts';

interface Choice {
  readonly label: string;
  readonly insert?: string;
  readonly detail?: string | undefined;
  readonly documentation?: string | undefined;
}

/** The values that could stand at the cursor. */
export function valueCompletions(cursor: Cursor, known: Known): readonly CompletionItem[] {
  const meaning = meaningOf(cursor.path, 'value', cursor.plain) ?? itemMeaning(cursor);
  const found = meaning === undefined ? [] : choicesFor(meaning, cursor, known);
  const bounds = boundCompletions(cursor, known);
  return found.length + bounds.length > 0 ? [...found, ...bounds] : wordChoices(cursor);
}

/** The first item of a list that has none yet is not told from a single value. */
function itemMeaning({ path, plain }: Cursor): Meaning | undefined {
  return meaningOf([...path, 0], 'value', plain);
}

function choicesFor(meaning: Meaning, cursor: Cursor, known: Known): readonly CompletionItem[] {
  const { plain } = cursor;
  const beyond = (kind: CompletionItem['kind'], choices: readonly Choice[]): readonly CompletionItem[] =>
    items(kind, 'beyond the schema', choices);
  switch (meaning.kind) {
    case 'check-kind':
      return items('kind', 'schema', kindChoices());
    case 'metric':
      return items('metric', 'schema', metricChoices(textAt(plain, 'task')));
    case 'fairness-metric':
      return items('metric', 'schema', fairnessChoices(textAt(plain, 'task')));
    case 'drift-method':
      return items('metric', 'schema', driftChoices(cursor));
    case 'logged':
      return beyond('logged metric', loggedChoices(known));
    case 'dataset':
      return beyond('name', datasetChoices(cursor, known));
    case 'group':
      return beyond('name', namesIn(plain, ['datasets', meaning.dataset ?? '', 'groups']).map(plainChoice));
    case 'column':
      return beyond('column', columnChoices(meaning.tables, cursor, known));
    case 'group-value':
      return beyond('value', groupValues({ plain }, known, meaning.dataset, meaning.group).map(plainChoice));
    case 'class':
      return beyond('value', classChoices(meaning.datasets, plain, known));
    case 'role':
      return beyond(
        'name',
        namesIn(plain, ['signoff', 'roles']).map((role) => roleChoice(role, plain)),
      );
    case 'person':
      return beyond('person', personChoices(cursor, known));
    case 'environment':
      return beyond('name', namesIn(plain, ['signoff', 'environments']).map(plainChoice));
    case 'model-reference':
      return [
        ...beyond(
          'name',
          namesIn(plain, ['signoff', 'environments']).map((each) => ({
            label: each,
            detail: 'the model in force there',
          })),
        ),
        ...beyond('run', runChoices(known)),
      ];
    case 'file':
      return beyond('file', Object.keys(known.facts.tables).map(plainChoice));
  }
}

function items(
  kind: CompletionItem['kind'],
  source: CompletionItem['source'],
  choices: readonly Choice[],
): readonly CompletionItem[] {
  return choices.map(({ label, insert, detail, documentation }, rank) => ({
    ...{ label, kind, detail, documentation, rank, source },
    ...{ insert: insert ?? yamlText(label), insertAs: 'text' as const },
  }));
}

function plainChoice(label: string): Choice {
  return { label };
}

function kindChoices(): readonly Choice[] {
  return CheckSchema.options.map(({ shape, description }) => ({
    label: shape.check.value,
    documentation: described(description ?? ''),
  }));
}

function metricChoices(task: string | undefined): readonly Choice[] {
  return METRIC_NAMES.filter((name) => isFor(metricFacts(name).tasks, task)).map((name) =>
    measure(name, metricWords(name)),
  );
}

function fairnessChoices(task: string | undefined): readonly Choice[] {
  return FAIRNESS_NAMES.filter((name) => isFor(fairnessFacts(name).tasks, task)).map((name) =>
    measure(name, fairnessWords(name)),
  );
}

function driftChoices({ path, plain }: Cursor): readonly Choice[] {
  const words = describedAt(PolicySchema, path, plain)?.options ?? [];
  return words.map((name) => (isDriftMethod(name) ? measure(name, driftWords(name)) : { label: name }));
}

function isFor(tasks: readonly Task[], task: string | undefined): boolean {
  return task === undefined || (tasks as readonly string[]).includes(task);
}

function measure(label: string, { meaning, formula, direction, range }: MetricWords): Choice {
  return {
    label,
    detail: direction,
    documentation: `${described(meaning)}  \n\`${formula}\`  \n${described(`${direction}; ${range}`)}`,
  };
}

function loggedChoices({ facts: { run } }: Known): readonly Choice[] {
  return (run?.metrics ?? []).map(({ name, value }) => ({ label: name, detail: valueText(value) }));
}

function datasetChoices({ plain }: Cursor, known: Known): readonly Choice[] {
  return namesIn(plain, ['datasets']).map((name) => {
    const path = textAt(datasetAt(plain, name), 'path');
    const rows = tableAt(known, path)?.rows;
    return { label: name, detail: rows === undefined ? path : `${path}, ${countOf(rows, 'row')}` };
  });
}

/** Columns that every one of the tables has; those that hold numbers first where a number is wanted. */
function columnChoices(tables: readonly string[], { path }: Cursor, known: Known): readonly Choice[] {
  const [first, ...others] = tables.map((table) => tableAt(known, table)).filter((table) => table !== undefined);
  const common = (first?.columns ?? []).filter(({ name }) =>
    others.every(({ columns }) => columns.some((column) => column.name === name)),
  );
  const wantsNumber = ['score', 'weight'].includes(String(path.at(-1)));
  return common
    .toSorted((one, other) => (wantsNumber ? Number(other.type === 'number') - Number(one.type === 'number') : 0))
    .map(({ name, type, values = [] }) => ({
      label: name,
      detail: values.length === 0 ? type : `${type}: ${values.slice(0, 5).join(', ')}`,
    }));
}

function classChoices(datasets: readonly string[], plain: Cursor['plain'], known: Known): readonly Choice[] {
  const columns = datasets.map((name) => {
    const dataset = datasetAt(plain, name);
    return columnAt(known, textAt(dataset, 'path'), textAt(dataset, 'label'));
  });
  const values = columns.flatMap((column) => (column?.values ?? []).map((label) => ({ label, type: column?.type })));
  return values.map(({ label, type }) => ({ label, ...(type === 'number' ? { insert: label } : {}) }));
}

function roleChoice(role: string, plain: Cursor['plain']): Choice {
  return { label: role, detail: textsIn(mapAt(plain, ['signoff', 'roles'])?.[role]).join(', ') };
}

function personChoices({ path, plain }: Cursor, { facts: { signers = [] } }: Known): readonly Choice[] {
  const written = new Set(textsIn(mapAt(plain, ['signoff', 'roles'])?.[String(path[2])]));
  const able = new Map(signers.map(({ person, standing }) => [person, standing]));
  return [...able]
    .filter(([person]) => !written.has(person))
    .map(([label, standing]) => ({
      label,
      detail: standing === 'may sign' ? 'has a key' : 'has a key that may not sign now',
    }));
}

const MOST_RUNS = 50;

function runChoices({ facts: { runs } }: Known): readonly Choice[] {
  return (runs?.known ?? []).slice(0, MOST_RUNS).map(({ id, name }) => ({ label: `run:${id}`, detail: name }));
}

/** What the schema lists: enumerations, `true` and `false`. */
function wordChoices({ path, plain }: Cursor): readonly CompletionItem[] {
  const own = describedAt(PolicySchema, path, plain);
  const options = own?.options.length ? own.options : (describedAt(PolicySchema, [...path, 0], plain)?.options ?? []);
  const isNumber = path.length === 1 && path[0] === 'version';
  const choices = options.map((label) => {
    const raw = isNumber || label === 'true' || label === 'false';
    return { label, ...(raw ? { insert: label } : {}) };
  });
  return items('word', 'schema', choices);
}
