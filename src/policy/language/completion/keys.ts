import { FOREIGN_KEYS } from '../../lint/datasets.ts';
import { isMetricParameter, METRIC_NAMES, type MetricName, metricFacts } from '../../metric-names.ts';
import { PolicySchema } from '../../schema.ts';
import { type SchemaKey, schemaKeysAt } from '../../schema-words.ts';
import type { Known } from '../known.ts';
import { described } from '../markdown.ts';
import { checkAt, mapAt, textAt } from '../sketch.ts';
import type { CompletionItem } from './completion-item.ts';
import type { Cursor } from './cursor.ts';
import { nameKeyCompletions } from './name-keys.ts';
import { newCheckCompletions } from './new-checks.ts';

/** The keys that may stand at the cursor: those of the schema, or names of things that there are. */
export function keyCompletions(cursor: Cursor, known: Known): readonly CompletionItem[] {
  const parent = cursor.path.slice(0, -1).map(String);
  if (parent.length === 1 && parent[0] === 'checks') return newCheckCompletions(cursor, known);
  const names = nameKeyCompletions(cursor, known);
  if (names.length > 0) return names;
  const written = new Set(Object.keys(mapAt(cursor.plain, parent) ?? {}));
  return schemaKeysAt(PolicySchema, parent, cursor.plain)
    .filter(({ key }) => !written.has(key) && fits(key, parent, cursor))
    .map((key, index) => keyItem(key, index, cursor));
}

/** Whether the key means something here: for the policy's task, for the check's metric. */
function fits(key: string, parent: readonly string[], { plain }: Cursor): boolean {
  const task = textAt(plain, 'task');
  if (parent[0] === 'datasets' && parent.length === 2) {
    return task === undefined || !isTask(task) || !(FOREIGN_KEYS[task] as readonly string[]).includes(key);
  }
  if (parent[0] !== 'checks' || parent.length !== 2) return true;
  const check = checkAt(plain, parent[1] ?? '');
  // Which keys there are depends on the kind, so that comes first.
  if (textAt(check, 'check') === undefined) return key === 'check';
  const metric = textAt(check, 'metric');
  if (!isMetricParameter(key)) return true;
  return metric === undefined
    ? check?.['logged'] === undefined
    : !isMetric(metric) || metricFacts(metric).parameters.includes(key);
}

function isTask(text: string): text is keyof typeof FOREIGN_KEYS {
  return Object.hasOwn(FOREIGN_KEYS, text);
}

function isMetric(text: string): text is MetricName {
  return METRIC_NAMES.includes(text as MetricName);
}

function keyItem(key: SchemaKey, index: number, cursor: Cursor): CompletionItem {
  const required = key.presence === 'required';
  return {
    label: key.key,
    kind: 'key',
    detail: required ? 'required' : undefined,
    documentation: key.description === undefined ? undefined : described(key.description),
    ...insertion(key, cursor),
    rank: (required ? 0 : 100) + index,
    source: 'schema',
  };
}

function insertion(
  { key, holds }: SchemaKey,
  { style, colon, indent }: Cursor,
): Pick<CompletionItem, 'insert' | 'insertAs' | 'afterwards'> {
  if (colon === 'there') return { insert: key, insertAs: 'text' };
  const deeper = `\n${' '.repeat(indent + 2)}`;
  switch (holds) {
    case 'map':
      return style === 'flow'
        ? { insert: `${key}: { $1 }`, insertAs: 'snippet', afterwards: 'complete again' }
        : { insert: `${key}:${deeper}`, insertAs: 'text', afterwards: 'complete again' };
    case 'list':
      return { insert: `${key}: [$1]`, insertAs: 'snippet', afterwards: 'complete again' };
    default:
      return { insert: `${key}: `, insertAs: 'text', afterwards: 'complete again' };
  }
}
