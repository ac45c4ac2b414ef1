import { didYouMean } from '../did-you-mean.ts';
import { binLabels } from '../groups.ts';
import type { Task } from '../metric-names.ts';
import type { PolicyPath } from '../policy-path.ts';
import type { Dataset, Group } from '../schema.ts';
import { listed } from '../wording.ts';
import { type Lint, mustBeAbsent } from './context.ts';
import { lintOrder } from './order.ts';
import { lintEvidencePath } from './paths.ts';

type DatasetKey = keyof Dataset;

/** Keys of a data set that mean nothing for a task. */
export const FOREIGN_KEYS: Readonly<Record<Task, readonly DatasetKey[]>> = {
  binary: ['scores', 'query'],
  multiclass: ['score', 'positive', 'threshold', 'query'],
  regression: ['score', 'scores', 'positive', 'threshold', 'query'],
  ranking: ['scores', 'prediction', 'positive', 'threshold'],
};

export function lintDatasets(lint: Lint): void {
  const { datasets, task } = lint.policy;
  for (const [name, dataset] of Object.entries(datasets)) {
    const path = ['datasets', name];
    lintEvidencePath(lint, [...path, 'path'], dataset.path);
    mustBeAbsent(lint, path, dataset, FOREIGN_KEYS[task], `when the task is ${task}`);
    if (dataset.scores !== undefined) {
      lintScores(lint, [...path, 'scores'], dataset.scores);
    }
    lintTruthAsAnswer(lint, path, dataset);
    for (const [groupName, group] of Object.entries(dataset.groups ?? {})) {
      lintGroup(lint, [...path, 'groups', groupName], group);
    }
  }
}

/** A model that is judged by the truth in its own place is always right. */
function lintTruthAsAnswer(lint: Lint, path: PolicyPath, { label, score, prediction, scores = {} }: Dataset): void {
  if (label === undefined) return;
  const answers = [
    ...[
      { path: [...path, 'score'], column: score },
      { path: [...path, 'prediction'], column: prediction },
    ],
    ...Object.entries(scores).map(([name, column]) => ({ path: [...path, 'scores', name], column })),
  ];
  for (const answer of answers) {
    if (answer.column !== label) continue;
    const message = `Column "${label}" is the label, the truth itself: every model would seem perfect; name the column that the model wrote.`;
    lint.errorAtValue('label-as-answer', answer.path, message);
  }
}

function lintScores(lint: Lint, path: PolicyPath, scores: Readonly<Record<string, string>>): void {
  const columns = Object.values(scores);
  if (columns.length < 2) {
    lint.errorAtKey('too-few-classes', path, '"scores" needs at least two classes.');
  }
  lintOrder(lint, path, Object.keys(scores), 'ties go to the class listed first');
  const seen = new Set<string>();
  for (const [label, column] of Object.entries(scores)) {
    if (seen.has(column)) {
      const message = `Column "${column}" is the score of two classes; give each class its own.`;
      lint.errorAtValue('same-column', [...path, label], message);
    }
    seen.add(column);
  }
}

function lintGroup(lint: Lint, path: PolicyPath, group: Group): void {
  const { bins, every, privileged } = group;
  if (bins !== undefined && every !== undefined) {
    lint.errorAtKey('bins-and-every', [...path, 'every'], 'A group has either "bins" or "every"; remove one.');
    return;
  }
  if (bins === undefined) {
    return;
  }
  const unordered = bins.findIndex((edge, index) => index > 0 && edge <= (bins[index - 1] ?? edge));
  if (unordered !== -1) {
    lint.errorAtValue(
      'bins-not-ascending',
      [...path, 'bins', unordered],
      'The edges of "bins" must ascend; sort them.',
    );
    return;
  }
  const labels = binLabels(bins);
  if (privileged !== undefined && !labels.includes(String(privileged))) {
    const suggestion = didYouMean(String(privileged), labels);
    const what = `"${privileged}" is none of the bins`;
    const advice = suggestion === undefined ? `; they are ${listed(labels)}.` : `; did you mean "${suggestion}"?`;
    lint.errorAtValue('unknown-bin', [...path, 'privileged'], `${what}${advice}`, suggestion);
  }
}
