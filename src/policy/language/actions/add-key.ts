import { FAIRNESS_NAMES, type FairnessName, fairnessFacts } from '../../fairness-names.ts';
import { METRIC_NAMES, type MetricName, metricFacts } from '../../metric-names.ts';
import type { PolicyPath } from '../../policy-path.ts';
import { PolicySchema } from '../../schema.ts';
import { type SchemaKey, schemaKeysAt } from '../../schema-words.ts';
import type { PlainObject } from '../../yaml/to-plain.ts';
import { inSnippet, slot } from '../completion/completion-item.ts';
import { valueCompletions } from '../completion/values.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { usualBound } from '../metric-words.ts';
import { mapAt, namesIn, textAt } from '../sketch.ts';
import { insertKey } from '../text-edits.ts';
import { pathAround, placeAt } from '../tree.ts';
import type { ActionContext, CodeAction } from './code-action.ts';

/** Codes that say that something is missing in the map that they are about. */
const MISSING = new Set([
  'missing-key',
  'missing-parameter',
  'no-bound',
  'no-metric',
  'no-baseline',
  'run-source',
  'no-privileged-group',
]);

/** For a remark that a key is missing: the keys that could be meant, each with its likeliest value to type over. */
export function addKeyFixes(diagnostic: Diagnostic, context: ActionContext): readonly CodeAction[] {
  if (!MISSING.has(diagnostic.code)) return [];
  const { document } = context;
  const wanted = mapsAround(diagnostic, context).flatMap((path) =>
    keysFor(diagnostic, path, context).map((key) => ({ path, key })),
  );
  return wanted.flatMap(({ path, key }): CodeAction[] => {
    const edit = insertKey(document, path, key, valueFor(key, path, context));
    if (edit === undefined) return [];
    const preference = wanted.length === 1 ? 'preferred' : 'offered';
    return [{ title: `Add "${key}"`, kind: 'fix', edits: [edit], fixes: diagnostic, preference }];
  });
}

/** The maps that the remark may be about: the entry that it stands at, the map around it, or the whole policy. */
function mapsAround({ code, range }: Diagnostic, { document }: ActionContext): readonly PolicyPath[] {
  const place = placeAt(document, range.offset);
  const path = place?.path ?? pathAround(document, range.offset);
  if (code === 'no-privileged-group') return privilegedGroups(path, document.plain);
  const check = path[0] === 'checks' && path.length >= 2 ? [path.slice(0, 2)] : [];
  if (code !== 'missing-key' && check.length > 0) return check;
  const own = mapAt(document.plain, path.map(String)) === undefined ? (check[0] ?? path) : path;
  const isFirst = path.length === 1 && Object.keys(document.plain)[0] === String(path[0]);
  return isFirst ? [[], own] : [own];
}

/** The groups of the check's data set that lack the group to compare with. */
function privilegedGroups(path: PolicyPath, plain: PlainObject): readonly PolicyPath[] {
  const check = mapAt(plain, path.slice(0, 2).map(String));
  const dataset = textAt(check, 'dataset') ?? '';
  const named = check?.['group'];
  const names = Array.isArray(named) ? named.map(String) : [String(named)];
  return names
    .map((name) => ['datasets', dataset, 'groups', name])
    .filter((group) => mapAt(plain, group)?.['privileged'] === undefined);
}

function keysFor({ code }: Diagnostic, path: PolicyPath, { document }: ActionContext): readonly string[] {
  const map = mapAt(document.plain, path.map(String));
  const isMissing = (key: string): boolean => map === undefined || !Object.hasOwn(map, key);
  if (code === 'no-privileged-group') return ['privileged'];
  if (code === 'run-source') return ['mlflow', 'dvc', 'folder'].filter(isMissing);
  const required = schemaKeysAt(PolicySchema, path, document.plain)
    .filter(({ presence, key }: SchemaKey) => presence === 'required' && isMissing(key))
    .map(({ key }) => key);
  if (code === 'missing-key' && required.length > 0) return required;
  return path[0] === 'checks' && map !== undefined ? rulesFor(code, map, document.plain).filter(isMissing) : [];
}

/** What the rules of the language want of a check beyond its schema. */
function rulesFor(code: string, check: PlainObject, plain: PlainObject): readonly string[] {
  switch (code) {
    case 'no-metric':
      return check['check'] === 'report'
        ? ['value']
        : check['check'] === 'operations'
          ? ['logged', 'path', 'measure']
          : ['metric', 'logged'];
    case 'no-bound':
      return boundsFor(check);
    case 'no-baseline':
      return ['against'];
    case 'missing-parameter':
      return parametersFor(check, textAt(plain, 'task'));
    default:
      return keysByKind(check);
  }
}

function keysByKind(check: PlainObject): readonly string[] {
  switch (check['check']) {
    case 'metric':
      return check['logged'] === undefined ? ['dataset'] : ['greater_is_better'];
    case 'fairness':
      return ['group'];
    case 'operations':
      return check['column'] === undefined ? ['column', 'pointer'] : ['statistic'];
    case 'report':
      return ['key'];
    default:
      return [];
  }
}

function parametersFor(check: PlainObject, task: string | undefined): readonly string[] {
  const metric = textAt(check, 'metric');
  if (metric === undefined || !isMetric(metric)) return [];
  const { required, parameters } = metricFacts(metric);
  if (task !== 'multiclass' || required.length > 0) return required;
  return metric === 'roc_auc' ? ['multi_class'] : parameters.filter((name) => name === 'average' || name === 'class');
}

function boundsFor(check: PlainObject): readonly string[] {
  if (check['check'] === 'explanation') {
    const own = check['method'] === 'lime' ? 'min_fidelity' : 'additivity';
    return check['against'] === undefined ? [own, 'forbidden', 'max_top_share'] : ['min_rank_correlation'];
  }
  if (check['against'] !== undefined) return ['max_drop', 'max_drop_relative'];
  const metric = textAt(check, 'metric');
  if (check['check'] === 'gap' || check['check'] === 'stability') return ['max'];
  if (metric !== undefined && isFairness(metric) && check['check'] === 'fairness') {
    const { ideal, range } = fairnessFacts(metric);
    return ideal === 1 ? ['min'] : range[0] < 0 ? ['max_abs'] : ['max'];
  }
  return metric !== undefined && isMetric(metric) ? [usualBound(metricFacts(metric).greaterIsBetter)] : ['min', 'max'];
}

/** What a person most probably writes: the first thing that would be completed there. */
function valueFor(key: string, path: PolicyPath, { document, known }: ActionContext): string {
  const place = { path: [...path, key], plain: document.plain };
  const cursor = {
    ...place,
    part: 'value',
    word: { offset: 0, length: 0 },
    style: 'flow',
    colon: 'there',
    indent: 0,
  } as const;
  const [first] = valueCompletions(cursor, known);
  if (first !== undefined && key !== 'against') return slot(1, first.insert);
  if (key === 'against') return slot(1, namesIn(document.plain, ['signoff', 'environments']).at(-1) ?? 'production');
  const found = schemaKeysAt(PolicySchema, path, document.plain).find((each) => each.key === key);
  return found === undefined ? '$1' : emptyValue(key, found);
}

const USUAL: Readonly<Record<string, string>> = {
  mlflow: 'mlflow.db',
  dvc: '.',
  folder: 'runs',
  version: '1',
  tolerance: '1e-9',
  additivity: '1e-3',
  max_top_share: '0.5',
  min_fidelity: '0.5',
  min_rank_correlation: '0.5',
  max_drop: '0.01',
  max_drop_relative: '0.01',
  max_abs: '0.1',
  beta: '1',
  k: '10',
  alpha: '0.5',
};

function emptyValue(key: string, { holds }: SchemaKey): string {
  const usual = USUAL[key];
  if (usual !== undefined) return slot(1, usual);
  if (key === 'payoff') return `{ tp: ${slot(1, '0')}, fp: ${slot(2, '0')}, fn: ${slot(3, '0')}, tn: ${slot(4, '0')} }`;
  if (holds === 'map') return '{ $1 }';
  if (holds === 'list') return '[$1]';
  return holds === 'text' ? slot(1, inSnippet(key)) : '$1';
}

function isMetric(name: string): name is MetricName {
  return METRIC_NAMES.includes(name as MetricName);
}

function isFairness(name: string): name is FairnessName {
  return FAIRNESS_NAMES.includes(name as FairnessName);
}
