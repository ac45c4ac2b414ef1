import type { PolicyPath } from '../policy-path.ts';
import type {
  AttestationCheck,
  DocumentCheck,
  ExplanationCheck,
  OperationsCheck,
  ReproducibilityCheck,
} from '../schema.ts';
import { lintBounds } from './bounds.ts';
import { type Lint, mustBeAbsent } from './context.ts';
import { lintDuplicates } from './duplicates.ts';
import { lintEvidencePath } from './paths.ts';
import { datasetNamed, lintAgainst } from './references.ts';
import { lintRoleReference } from './roles.ts';

const EXPLANATION_REQUIREMENTS = [
  'additivity',
  'forbidden',
  'max_top_share',
  'min_rank_correlation',
  'min_fidelity',
] as const;

export function lintExplanationCheck(lint: Lint, path: PolicyPath, check: ExplanationCheck): void {
  lintEvidencePath(lint, [...path, 'values'], check.values);
  lintDuplicates(lint, [...path, 'forbidden'], check.forbidden);
  lintDuplicates(lint, [...path, 'columns'], check.columns);
  if (check.dataset !== undefined) {
    datasetNamed(lint, [...path, 'dataset'], check.dataset);
  }
  if (EXPLANATION_REQUIREMENTS.every((key) => check[key] === undefined)) {
    const message = `"${String(path[1])}" demands nothing; add "additivity", "forbidden", "max_top_share", "min_rank_correlation" or "min_fidelity".`;
    lint.errorAtKey('no-bound', path, message);
  }
  const foreign = check.method === 'lime' ? (['additivity', 'link'] as const) : (['min_fidelity'] as const);
  mustBeAbsent(lint, path, check, foreign, `with ${check.method}`);
  if (check.against !== undefined) {
    lintAgainst(lint, [...path, 'against'], check.against);
  }
  if (check.against === undefined && check.min_rank_correlation !== undefined) {
    const message = '"min_rank_correlation" compares with nothing; add "against".';
    lint.errorAtKey('no-baseline', [...path, 'min_rank_correlation'], message);
  }
  if (check.against !== undefined && check.min_rank_correlation === undefined) {
    lint.errorAtKey(
      'no-bound',
      [...path, 'against'],
      '"against" has no bound; add "min_rank_correlation", or remove it.',
    );
  }
  if (check.max_top_share === 1) {
    lint.warnAtValue(
      'always-holds',
      [...path, 'max_top_share'],
      '"max_top_share: 1" always holds, so it checks nothing.',
    );
  }
}

const OPERATION_SOURCES = ['logged', 'path', 'measure'] as const;

export function lintOperationsCheck(lint: Lint, path: PolicyPath, check: OperationsCheck): void {
  const [first, second] = OPERATION_SOURCES.filter((key) => check[key] !== undefined);
  if (first === undefined) {
    lint.errorAtKey('no-metric', path, `"${String(path[1])}" names no number; add "logged", "path" or "measure".`);
    return;
  }
  if (second !== undefined) {
    lint.errorAtKey(
      'two-sources',
      [...path, second],
      `The number comes from "${first}" or from "${second}"; keep one.`,
    );
    return;
  }
  if (check.path === undefined) {
    mustBeAbsent(lint, path, check, ['column', 'statistic', 'pointer'], 'without "path"');
  } else {
    lintMeasurementFile(lint, path, check, check.path);
  }
  if (check.logged === undefined) {
    mustBeAbsent(lint, path, check, ['step'], 'without "logged"');
  }
  lintBounds(lint, path, check, {
    name: check.measure ?? check.logged ?? 'The number',
    range: [check.measure === undefined ? Number.NEGATIVE_INFINITY : 0, Number.POSITIVE_INFINITY],
    worse: 'unknown',
  });
}

function lintMeasurementFile(lint: Lint, path: PolicyPath, check: OperationsCheck, file: string): void {
  lintEvidencePath(lint, [...path, 'path'], file);
  if ((check.column === undefined) === (check.pointer === undefined)) {
    const message = '"path" needs either "column" with "statistic" (a table) or "pointer" (a JSON file).';
    lint.errorAtKey('missing-key', [...path, 'path'], message);
    return;
  }
  if (check.pointer !== undefined) {
    mustBeAbsent(lint, path, check, ['statistic'], 'beside "pointer"');
  } else if (check.statistic === undefined) {
    lint.errorAtKey('missing-key', [...path, 'column'], 'A column has many numbers; add "statistic", such as p95.');
  }
}

export function lintDocumentCheck(lint: Lint, path: PolicyPath, check: DocumentCheck): void {
  lintEvidencePath(lint, [...path, 'path'], check.path);
  lintDuplicates(lint, [...path, 'sections'], check.sections);
  lintDuplicates(lint, [...path, 'front_matter'], check.front_matter);
}

export function lintReproducibilityCheck(lint: Lint, path: PolicyPath, check: ReproducibilityCheck): void {
  lintDuplicates(lint, [...path, 'require'], check.require);
}

export function lintAttestationCheck(lint: Lint, path: PolicyPath, check: AttestationCheck): void {
  if (check.role !== undefined) {
    lintRoleReference(lint, [...path, 'role'], check.role, 'nobody could attest');
  }
}
