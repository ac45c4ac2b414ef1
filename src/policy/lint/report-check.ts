import type { PolicyPath } from '../policy-path.ts';
import { isNumbersFormat } from '../schema/checks/report.ts';
import type { ReportCheck } from '../schema.ts';
import { lintBounds } from './bounds.ts';
import { type Lint, mustBeAbsent } from './context.ts';
import { lintDuplicates } from './duplicates.ts';
import { lintEvidencePath } from './paths.ts';

const OF_NUMBERS = ['value', 'min', 'max', 'max_abs'] as const;
const OF_SIGNATURES = ['key', 'unsigned'] as const;
/** A file of AIF360’s often holds one number. */
const ONE_NUMBER = 'aif360';

/** A report of tests decides by itself; one of numbers needs one of them and its bounds; a signature needs a key. */
export function lintReportCheck(lint: Lint, path: PolicyPath, check: ReportCheck): void {
  lintEvidencePath(lint, [...path, 'path'], check.path);
  const { format } = check;
  if (format !== 'model-signing') mustBeAbsent(lint, path, check, OF_SIGNATURES, `with ${format}`);
  if (!isNumbersFormat(format)) mustBeAbsent(lint, path, check, OF_NUMBERS, `with ${format}`);
  if (format === 'model-signing') {
    lintSignature(lint, path, check);
    return;
  }
  if (!isNumbersFormat(format)) return;
  if (check.value === undefined && format !== ONE_NUMBER) {
    const message = `"${String(path[1])}" names no number of the file; add "value", such as accuracy.`;
    lint.errorAtKey('no-metric', path, message);
  }
  lintBounds(lint, path, check, {
    name: 'The number',
    range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    worse: 'unknown',
  });
}

function lintSignature(lint: Lint, path: PolicyPath, check: ReportCheck): void {
  lintDuplicates(lint, [...path, 'unsigned'], check.unsigned);
  if (check.key === undefined) {
    const message = `"${String(path[1])}" trusts nobody’s signature, so nothing could pass; add "key", the signer’s public key.`;
    lint.errorAtKey('missing-key', path, message);
    return;
  }
  if (check.key.startsWith('run:')) {
    const message =
      '"key" is among the run’s artifacts, where whoever trains could put any key; keep it beside the policy.';
    lint.errorAtValue('bad-path', [...path, 'key'], message);
    return;
  }
  lintEvidencePath(lint, [...path, 'key'], check.key);
}
