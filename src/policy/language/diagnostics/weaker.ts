import type { Known } from '../known.ts';
import type { PolicyDocument } from '../policy-document.ts';
import type { Diagnostic } from './diagnostic.ts';

export function weakerDiagnostics(_document: PolicyDocument, _known: Known): readonly Diagnostic[] {
  return [];
}
