/** The policy that the design speaks of: 125 checks in block style, eight lines each, a thousand lines in all. */
export function longPolicy(): string {
  const checks = Array.from({ length: 125 }, (_, index) =>
    [
      `  auc-${index}:`,
      '    check: metric',
      '    metric: roc_auc',
      '    dataset: holdout',
      `    min: 0.${700 + index}`,
      '    confidence: 0.95',
      '    min_rows: 1000          # fewer say nothing',
      '    why: Below it the list is no better than the rules that it replaces.',
    ].join('\n'),
  );
  return `version: 1
project: credit-risk
model: default-classifier
task: binary
run: { mlflow: mlflow.db, experiment: default-classifier, artifact: run:model }
datasets:
  holdout:
    path: run:eval/predictions.parquet
    label: defaulted
    score: p_default
    groups:
      sex: { privileged: male }
checks:
${checks.join('\n')}
signoff:
  roles: { data-science: [ana@acme.example], risk: [ben@acme.example] }
  environments:
    production:
      require: { data-science: 1, risk: 1 }
      expires_after: 90d
`;
}
