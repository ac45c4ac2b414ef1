import { METRIC_NAMES, metricFacts } from '../../metric-names.ts';
import { STABILITY_STATISTICS } from '../../schema/checks/stability.ts';
import { CHECK_KINDS, type CheckKind, CheckSchema } from '../../schema.ts';
import type { Known } from '../known.ts';
import { described } from '../markdown.ts';
import { usualBound } from '../metric-words.ts';
import { mapAt, namesIn, textAt } from '../sketch.ts';
import { valueText } from '../value-words.ts';
import { yamlNumber, yamlText } from '../yaml-text.ts';
import { type CompletionItem, inSnippet, slot, wordSlot } from './completion-item.ts';
import type { Cursor } from './cursor.ts';

/** Whole checks: one of each kind, one for each logged metric that none looks at yet. */
export function newCheckCompletions(cursor: Cursor, known: Known): readonly CompletionItem[] {
  if (cursor.colon === 'there') return [];
  return [...loggedChecks(cursor, known), ...kindChecks(cursor)];
}

function kindChecks(cursor: Cursor): readonly CompletionItem[] {
  return CHECK_KINDS.map((kind, index) => ({
    label: `${kind} check`,
    kind: 'check',
    documentation: described(descriptionOf(kind)),
    insert: snippetOf(
      [`${slot(1, kind)}:`, `  check: ${kind}`, ...bodyOf(kind, cursor).map((line) => `  ${line}`)],
      cursor,
    ),
    insertAs: 'snippet',
    rank: 100 + index,
    source: 'beyond the schema',
  }));
}

function descriptionOf(kind: CheckKind): string {
  return CheckSchema.options.find((option) => option.shape.check.value === kind)?.description ?? '';
}

function loggedChecks(cursor: Cursor, known: Known): readonly CompletionItem[] {
  const ids = new Set(namesIn(cursor.plain, ['checks']));
  return uncheckedMetrics(cursor.plain, known).map(({ name, value }, index) => {
    const lines = loggedCheckLines(name, value, freeId(name, ids));
    return {
      label: name,
      kind: 'logged metric',
      detail: `logged, ${valueText(value)}; no check looks at it`,
      insert: snippetOf(lines.map(inSnippet), cursor),
      insertAs: 'snippet',
      rank: index,
      source: 'beyond the schema',
    };
  });
}

/** The logged metrics of the run that no check of the policy looks at. */
export function uncheckedMetrics(
  plain: Cursor['plain'],
  { facts: { run } }: Known,
): readonly { readonly name: string; readonly value: number }[] {
  const checks = Object.keys(mapAt(plain, ['checks']) ?? {}).map((id) => mapAt(plain, ['checks', id]));
  const looked = new Set(checks.map((check) => textAt(check, 'logged')));
  return (run?.metrics ?? []).filter(({ name, value }) => !looked.has(name) && Number.isFinite(value));
}

/** A check of a logged metric that its present value just meets. Which way is better is guessed from the name, and to be looked at. */
export function loggedCheckLines(name: string, value: number, id: string): readonly string[] {
  const bound = boundForName(name);
  return [`${id}:`, '  check: metric', `  logged: ${yamlText(name)}`, `  ${bound}: ${yamlNumber(value)}`];
}

const SMALLER_IS_BETTER = /loss|error|mae|mse|rmse|mape|latency|time|seconds|_ms$|drift|perplexity|brier|ece/iu;

function boundForName(name: string): 'min' | 'max' {
  const known = METRIC_NAMES.find(
    (metric) => name === metric || name.endsWith(`_${metric}`) || name.endsWith(`/${metric}`),
  );
  if (known !== undefined) return usualBound(metricFacts(known).greaterIsBetter);
  return SMALLER_IS_BETTER.test(name) ? 'max' : 'min';
}

/** An id for a check of this name that no other check has. */
export function freeId(name: string, taken: ReadonlySet<string>): string {
  const letters = name.replaceAll(/[^A-Za-z0-9._-]+/gu, '-').replaceAll(/^[^A-Za-z]+|[^A-Za-z0-9]+$/gu, '');
  const plain = (letters === '' ? 'metric' : letters).slice(0, 90);
  let id = plain;
  for (let number = 2; taken.has(id); number += 1) id = `${plain}-${number}`;
  return id;
}

function snippetOf(lines: readonly string[], { indent, style }: Cursor): string {
  if (style === 'flow') {
    const [head = '', ...rest] = lines.map((line) => line.trim());
    return `${head} { ${rest.join(', ')} }`;
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}

function bodyOf(kind: CheckKind, { plain }: Cursor): readonly string[] {
  const [first = 'holdout', second = 'training'] = namesIn(plain, ['datasets']);
  const dataset = `dataset: ${slot(3, first)}`;
  const metric = textAt(plain, 'task') === 'regression' ? 'mean_absolute_error' : 'accuracy';
  const bound = usualBound(metricFacts(metric).greaterIsBetter);
  const role = namesIn(plain, ['signoff', 'roles']).at(-1) ?? 'risk';
  switch (kind) {
    case 'metric':
      return [`metric: ${slot(2, metric)}`, dataset, `${bound}: ${slot(4, '0.8')}`];
    case 'agreement':
      return [`logged: ${slot(2, 'name')}`, `metric: ${slot(4, metric)}`, dataset, `tolerance: ${slot(5, '1e-9')}`];
    case 'gap':
      return [
        `metric: ${slot(2, metric)}`,
        `datasets: [${slot(3, second)}, ${slot(4, first)}]`,
        `max: ${slot(5, '0.05')}`,
      ];
    case 'stability':
      return [
        `logged: ${slot(2, 'name')}`,
        `statistic: ${wordSlot(3, STABILITY_STATISTICS)}`,
        `max: ${slot(4, '0.02')}`,
      ];
    case 'fairness':
      return [
        `metric: ${slot(2, 'statistical_parity_difference')}`,
        dataset,
        `group: ${slot(4, namesIn(plain, ['datasets', first, 'groups'])[0] ?? 'sex')}`,
        `max_abs: ${slot(5, '0.1')}`,
      ];
    case 'drift':
      return [
        `method: ${slot(2, 'wasserstein_normed')}`,
        `reference: ${slot(3, second)}`,
        `current: ${slot(4, first)}`,
        `max: ${slot(5, '0.1')}`,
      ];
    case 'explanation':
      return [
        `method: ${wordSlot(2, ['shap', 'lime'])}`,
        `values: ${slot(3, 'run:shap.npz')}`,
        `max_top_share: ${slot(4, '0.5')}`,
      ];
    case 'operations':
      return [`logged: ${slot(2, 'latency_p95_ms')}`, `max: ${slot(3, '200')}`];
    case 'report':
      return [`path: ${slot(2, 'run:report.json')}`, `format: ${slot(3, 'great-expectations')}`];
    case 'document':
      return [`path: ${slot(2, 'MODEL_CARD.md')}`, `sections: [${slot(3, 'Intended use, Limitations')}]`];
    case 'reproducibility':
      return [`require: [${slot(2, 'git_commit, clean_tree, pinned_environment')}]`];
    case 'attestation':
      return [`text: ${slot(2, 'The sentence that the person signs.')}`, `role: ${slot(3, role)}`];
  }
}
