import { LARGEST_DRIFT } from '../../metrics/drift/largest.ts';
import type { PolicyPath } from '../policy-path.ts';
import type { DriftCheck } from '../schema.ts';
import { lintBounds } from './bounds.ts';
import { type Lint, mustBeAbsent } from './context.ts';
import { lintDuplicates } from './duplicates.ts';
import { datasetNamed, isOneTable } from './references.ts';

type Method = DriftCheck['method'];

const BINNED: readonly Method[] = ['psi', 'jensen_shannon'];
const MULTIVARIATE: readonly Method[] = ['classifier_two_sample', 'mmd'];

export function lintDriftCheck(lint: Lint, path: PolicyPath, check: DriftCheck): void {
  datasetNamed(lint, [...path, 'reference'], check.reference);
  datasetNamed(lint, [...path, 'current'], check.current);
  if (check.reference === check.current) {
    const message = `Drift compares two data sets; "reference" and "current" are both "${check.current}".`;
    lint.errorAtValue('same-data-set', [...path, 'current'], message);
  } else if (isOneTable(lint, check.reference, check.current, ['path'])) {
    const message = `"${check.reference}" and "${check.current}" read the same files, in which nothing can have moved.`;
    lint.errorAtValue('same-data-set', [...path, 'current'], message);
  }
  lintDuplicates(lint, [...path, 'columns'], check.columns);
  if (!BINNED.includes(check.method)) {
    mustBeAbsent(lint, path, check, ['n_bins', 'strategy'], `on ${check.method}`);
  }
  if (check.method !== 'psi') {
    mustBeAbsent(lint, path, check, ['epsilon'], `on ${check.method}`);
  }
  if (MULTIVARIATE.includes(check.method)) {
    mustBeAbsent(lint, path, check, ['max_share'], `on ${check.method}, which takes all columns at once`);
  }
  const range = [0, LARGEST_DRIFT[check.method]] as const;
  lintBounds(lint, path, { max: check.max }, { name: check.method, range, worse: 'higher' });
  if (check.max_share === 1) {
    lint.warnAtValue('always-holds', [...path, 'max_share'], '"max_share: 1" always holds, so it checks nothing.');
  }
}
