import { weakerThan } from '../../weaker-policy.ts';
import type { Known } from '../known.ts';
import type { PolicyDocument } from '../policy-document.ts';
import type { Diagnostic } from './diagnostic.ts';

/** Where the policy asks less than that of the trusted branch. It may be meant, so it only informs. */
export function weakerDiagnostics({ examined }: PolicyDocument, { trusted }: Known): readonly Diagnostic[] {
  const [policy, other] = [examined.value, trusted?.document.examined.value];
  if (policy === undefined || other === undefined || trusted === undefined) return [];
  return weakerThan(policy, other).map(({ path, message }): Diagnostic => {
    const atValue = path.length > 2;
    const { offset, length } = atValue ? examined.positions.locateValue(path) : examined.positions.locate(path);
    return {
      ...{ code: 'weaker-than-trusted', severity: 'information', origin: 'facts' },
      message: `${message} on ${trusted.branch}.`,
      range: { offset, length },
    };
  });
}
