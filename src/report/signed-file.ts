import { describeRelease } from '../approval/describe-release.ts';
import { type DescribedField, describeStatement } from '../approval/describe-statement.ts';
import { type ReadEnvelope, readEnvelope } from '../approval/read-envelope.ts';
import { readSignedRelease, type SignedRelease } from '../approval/signed-release.ts';
import { type Result, succeed } from '../base/result.ts';
import type { Assessment } from '../checks/assessment.ts';
import { parseAssessment } from '../checks/serialise.ts';
import { renderAssessmentJson } from './assessment-json.ts';
import { renderAssessmentText } from './assessment-text.ts';
import { jsonText } from './json-text.ts';
import { renderFields } from './statement-text.ts';
import type { TerminalStyle } from './terminal-style.ts';

/** What lies in `.signoff` and is not for people to read as it lies there. */
export type SignedFile =
  | { readonly kind: 'assessment'; readonly assessment: Assessment }
  | { readonly kind: 'release'; readonly release: SignedRelease }
  | { readonly kind: 'statement'; readonly envelope: ReadEnvelope };

/** Reads an approval, a release or an assessment for showing it; or says why it is none, or its signature is bad. Trusts nobody. */
export function readSignedFile(bytes: Uint8Array): Result<SignedFile> {
  const assessment = parseAssessment(bytes).value;
  if (assessment !== undefined) return succeed({ kind: 'assessment', assessment });
  const release = readSignedRelease(bytes);
  if (release.ok) return succeed({ kind: 'release', release: release.value });
  const envelope = readEnvelope(bytes);
  return envelope.ok ? succeed({ kind: 'statement', envelope: envelope.value }) : envelope;
}

/** What it says, in words. */
export function signedFileText(file: SignedFile, style: TerminalStyle): string {
  return file.kind === 'assessment'
    ? renderAssessmentText(file.assessment, style)
    : renderFields(file.kind === 'release' ? releaseFields(file.release) : statementFields(file.envelope), style);
}

/** The same for programs. */
export function signedFileJson(file: SignedFile): string {
  switch (file.kind) {
    case 'assessment':
      return renderAssessmentJson(file.assessment);
    case 'release': {
      const { id, statement, signatures } = file.release;
      return jsonText({ id, keys: [...signatures.keys()], statement });
    }
    case 'statement': {
      const { id, statement, fingerprint } = file.envelope;
      return jsonText({ id, key: fingerprint, statement });
    }
  }
}

function releaseFields({ id, statement, signatures }: SignedRelease): readonly DescribedField[] {
  const signed = [...signatures.keys()].map((key) => ({ label: 'Signed by', value: key }));
  return [...describeRelease(statement), ...signed, { label: 'Statement id', value: id }];
}

function statementFields({ id, statement, fingerprint }: ReadEnvelope): readonly DescribedField[] {
  return [
    ...describeStatement(statement),
    { label: 'Signature', value: `good, by the key ${fingerprint}; signoff verify tells whether it is trusted` },
    { label: 'Statement id', value: id },
  ];
}
