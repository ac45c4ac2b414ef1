import type { PolicyPath } from '../policy-path.ts';
import type { PlainObject } from '../yaml/to-plain.ts';
import { checkAt, datasetAt, datasetsOfCheck, mapAt, textAt } from './sketch.ts';

/** What a name at some place in a policy refers to. */
export type Meaning =
  | { readonly kind: 'check-kind' | 'metric' | 'fairness-metric' | 'drift-method' | 'logged' | 'model-reference' }
  | { readonly kind: 'role' | 'person' | 'environment' | 'dataset' | 'file' }
  | { readonly kind: 'group'; readonly dataset: string | undefined }
  /** A column that each of these tables has, by their paths as the policy writes them. */
  | { readonly kind: 'column'; readonly tables: readonly string[] }
  /** A value of a group of the data set. */
  | { readonly kind: 'group-value'; readonly dataset: string; readonly group: string }
  /** A value of the label. */
  | { readonly kind: 'class'; readonly datasets: readonly string[] };

type Part = 'key' | 'value';
type Read = (path: readonly string[], plain: PlainObject) => Meaning | undefined;

/** A path with `*` for any step, and which part of the entry there means something. */
type Row = readonly [pattern: string, part: Part, read: Read];

type SimpleKind = Exclude<Meaning['kind'], 'group' | 'column' | 'group-value' | 'class'>;

function always(kind: SimpleKind): Read {
  return () => ({ kind });
}

const columnOfDataset: Read = ([, name], plain) => ({ kind: 'column', tables: tablesOf(plain, [name ?? '']) });

/** In an explanation, columns are features of the model, which no table needs to have. */
const columnOfCheck: Read = ([, id], plain) => {
  const check = checkAt(plain, id ?? '');
  return textAt(check, 'check') === 'drift'
    ? { kind: 'column', tables: tablesOf(plain, datasetsOfCheck(check)) }
    : undefined;
};

const columnOfFile: Read = ([, id], plain) => {
  const path = textAt(checkAt(plain, id ?? ''), 'path');
  return { kind: 'column', tables: path === undefined ? [] : [path] };
};

const groupOfCheck: Read = ([, id], plain) => ({ kind: 'group', dataset: textAt(checkAt(plain, id ?? ''), 'dataset') });

const metricOfCheck: Read = ([, id], plain) => ({
  kind: textAt(checkAt(plain, id ?? ''), 'check') === 'fairness' ? 'fairness-metric' : 'metric',
});

const groupValue: Read = ([, dataset = '', , group = '']) => ({ kind: 'group-value', dataset, group });

const classOfCheck: Read = ([, id], plain) => ({ kind: 'class', datasets: datasetsOfCheck(checkAt(plain, id ?? '')) });

/** A group that names no column reads the one of its own name. */
const columnByGroupName: Read = (path, plain) => {
  const [, dataset = '', , group = ''] = path;
  const declared = mapAt(plain, ['datasets', dataset, 'groups', group]);
  return declared?.['column'] === undefined ? columnOfDataset(path, plain) : undefined;
};

const DATASET_COLUMNS = ['label', 'score', 'prediction', 'query', 'weight', 'key', 'unit'];

const ROWS: readonly Row[] = [
  ...DATASET_COLUMNS.map((key): Row => [`datasets.*.${key}`, 'value', columnOfDataset]),
  ['datasets.*.scores.*', 'value', columnOfDataset],
  ['datasets.*.groups.*.column', 'value', columnOfDataset],
  ['datasets.*.groups.*', 'key', columnByGroupName],
  ['datasets.*.groups.*.privileged', 'value', groupValue],
  ['datasets.*.positive', 'value', ([, dataset = '']) => ({ kind: 'class', datasets: [dataset] })],
  ['datasets.*.path', 'value', always('file')],
  ['checks.*.check', 'value', always('check-kind')],
  ['checks.*.metric', 'value', metricOfCheck],
  ['checks.*.method', 'value', always('drift-method')],
  ['checks.*.logged', 'value', always('logged')],
  ['checks.*.dataset', 'value', always('dataset')],
  ['checks.*.datasets.*', 'value', always('dataset')],
  ['checks.*.reference', 'value', always('dataset')],
  ['checks.*.current', 'value', always('dataset')],
  ['checks.*.by', 'value', groupOfCheck],
  ['checks.*.by.*', 'value', groupOfCheck],
  ['checks.*.group', 'value', groupOfCheck],
  ['checks.*.group.*', 'value', groupOfCheck],
  ['checks.*.columns.*', 'value', columnOfCheck],
  ['checks.*.column', 'value', columnOfFile],
  ['checks.*.class', 'value', classOfCheck],
  ['checks.*.against', 'value', always('model-reference')],
  ['checks.*.role', 'value', always('role')],
  ['checks.*.path', 'value', always('file')],
  ['checks.*.values', 'value', always('file')],
  ['checks.*.key', 'value', always('file')],
  ['signoff.roles.*.*', 'value', always('person')],
  ['signoff.aliases.*', 'key', always('person')],
  ['signoff.waivers.role', 'value', always('role')],
  ['signoff.environments.*.require.*', 'key', always('role')],
  ['pipeline.*', 'key', always('environment')],
];

interface Pattern {
  readonly steps: readonly string[];
  readonly part: Part;
  readonly read: Read;
}

/** By the first step, which is always a name: most places of a policy mean nothing, and are told apart soonest so. */
const PATTERNS = new Map<string, Pattern[]>();
for (const [pattern, part, read] of ROWS) {
  const steps = pattern.split('.');
  const [first = ''] = steps;
  PATTERNS.set(first, [...(PATTERNS.get(first) ?? []), { steps, part, read }]);
}

/** What the name at a place refers to; undefined where it refers to nothing outside itself. */
export function meaningOf(path: PolicyPath, part: Part, plain: PlainObject): Meaning | undefined {
  const pattern = PATTERNS.get(String(path[0]))?.find((each) => each.part === part && fits(each, path));
  return pattern?.read(path.map(String), plain);
}

function fits({ steps }: Pattern, path: PolicyPath): boolean {
  if (steps.length !== path.length) return false;
  // Patterns differ most in their last steps.
  for (let index = steps.length - 1; index > 0; index -= 1) {
    if (steps[index] !== '*' && steps[index] !== String(path[index])) return false;
  }
  return true;
}

function tablesOf(plain: PlainObject, datasets: readonly string[]): readonly string[] {
  return datasets.map((name) => textAt(datasetAt(plain, name), 'path')).filter((path) => path !== undefined);
}
