import { type FairnessFacts, fairnessFacts } from '../fairness-names.ts';
import { groupNames } from '../groups.ts';
import { METRIC_PARAMETERS, metricFacts } from '../metric-names.ts';
import type { PolicyPath } from '../policy-path.ts';
import type { Dataset, FairnessCheck } from '../schema.ts';
import { lintBounds, type ValueFacts } from './bounds.ts';
import { type Lint, mustBeAbsent } from './context.ts';
import { lintClass, lintColumns, lintParameters, lintTask } from './metric-use.ts';
import { datasetNamed, lintGroupReference } from './references.ts';

export function lintFairnessCheck(lint: Lint, path: PolicyPath, check: FairnessCheck): void {
  const facts = fairnessFacts(check.metric);
  const applies = lintTask(lint, path, check.metric, facts.tasks);
  if (facts.metric === undefined) {
    mustBeAbsent(lint, path, check, METRIC_PARAMETERS, `on ${check.metric}`);
  } else if (applies) {
    lintParameters(lint, path, facts.metric, check);
  }
  lintGroups(lint, path, check, facts);
  const place = [...path, 'dataset'];
  const dataset = datasetNamed(lint, place, check.dataset);
  if (dataset !== undefined && applies) {
    const needs = facts.metric === undefined ? 'prediction' : metricFacts(facts.metric).needs;
    lintColumns(lint, place, dataset, check.dataset, { name: check.metric, needs, needsLabel: facts.needsLabel });
    lintClass(lint, path, check, dataset);
  }
  if (dataset !== undefined) {
    lintGroupReference(lint, [...path, 'group'], check.group, dataset);
    lintPrivileged(lint, path, check, facts, dataset);
  }
  if (facts.metric === 'max_error' && check.confidence !== undefined) {
    const message = 'No interval can be given for max_error, which rests on one row; remove "confidence".';
    lint.errorAtKey('no-interval', [...path, 'confidence'], message);
  }
  lintFairnessBounds(lint, path, check, facts);
}

function lintGroups(lint: Lint, path: PolicyPath, check: FairnessCheck, facts: FairnessFacts): void {
  if (facts.comparison === 'none') {
    mustBeAbsent(lint, path, check, ['group'], `on ${check.metric}, which compares individuals`);
    return;
  }
  if (check.group === undefined) {
    lint.errorAtKey('missing-key', path, `"${String(path[1])}" compares groups and needs "group"; add it.`);
  }
}

function lintPrivileged(
  lint: Lint,
  path: PolicyPath,
  check: FairnessCheck,
  facts: FairnessFacts,
  dataset: Dataset,
): void {
  if (facts.comparison !== 'privileged') {
    return;
  }
  for (const name of groupNames(check.group)) {
    const group = dataset.groups?.[name];
    if (group !== undefined && group.privileged === undefined) {
      const message = `${check.metric} compares with a privileged group; add "privileged" to "${name}" in "${check.dataset}".`;
      lint.errorAtValue('no-privileged-group', [...path, 'group'], message);
    }
  }
}

function lintFairnessBounds(lint: Lint, path: PolicyPath, check: FairnessCheck, facts: FairnessFacts): void {
  if (facts.ideal === 1 && check.max_abs !== undefined && check.min === undefined && check.max === undefined) {
    const message = `${check.metric} is 1 when groups are treated alike, so "max_abs" stops no unfair model; use "min" and "max".`;
    lint.warnAtKey('wrong-side', [...path, 'max_abs'], message);
    return;
  }
  lintBounds(lint, path, check, { name: check.metric, range: facts.range, worse: worseSide(facts) });
}

function worseSide({ range, ideal }: FairnessFacts): ValueFacts['worse'] {
  const [low, high] = range;
  if (low < ideal && high > ideal) {
    return 'both';
  }
  return ideal === low ? 'higher' : 'lower';
}
