import { countOf } from '../base/text.ts';
import type { ApprovalStatement } from './statement.ts';

export interface DescribedField {
  readonly label: string;
  readonly value: string;
}

const DECISION_WORDS = { approve: 'Approve', reject: 'Reject', revoke: 'Revoke', rollback: 'Roll back' } as const;

/** Exactly what is signed, field by field, for people. Plain text that may quote untrusted names: escape it when shown. */
export function describeStatement(statement: ApprovalStatement): DescribedField[] {
  const { predicate, subject } = statement;
  const fields: DescribedField[] = [
    { label: 'Decision', value: `${DECISION_WORDS[predicate.decision]} for ${predicate.environment}` },
    { label: 'Project', value: predicate.project },
    { label: 'Model', value: predicate.model },
    { label: 'Run', value: predicate.run },
    { label: 'Signed by', value: `${predicate.approver}, in the role ${predicate.role}` },
    { label: 'Model files', value: countOf(subject.length, 'file') },
    ...subject.map(({ name, digest }) => ({ label: `  ${name}`, value: `sha256 ${digest.sha256}` })),
    { label: 'Policy', value: `sha256 ${predicate.policy.sha256}` },
    { label: 'Assessment', value: `sha256 ${predicate.assessment.sha256}` },
    ...predicate.accepted.map(({ check, reason }) => ({ label: `Accepts ${check}`, value: reason })),
    ...predicate.waivers.map(({ check, reason, until }) => ({
      label: `Waives ${check} until ${until}`,
      value: reason,
    })),
    ...predicate.attestations.map(({ check, statement: text, evidence }) => ({
      label: `Attests ${check}`,
      value: [text, ...evidence.map(({ path, sha256 }) => `${path} (sha256 ${sha256})`)].join('; '),
    })),
    { label: 'Replaces', value: predicate.replaces ?? 'nothing: the first model here' },
    { label: 'Supersedes', value: predicate.supersedes.join(', ') },
    { label: 'Deployment', value: predicate.deployment.strategy ?? '' },
    { label: 'Rolls back to', value: predicate.deployment.rollback_to ?? '' },
    { label: 'Trained by', value: predicate.trained_by.join(', ') },
    { label: 'Comment', value: predicate.comment },
    { label: 'Issued', value: predicate.issued },
    { label: 'Expires', value: predicate.expires },
    { label: 'Made with', value: `${predicate.tool.name} ${predicate.tool.version}` },
  ];
  return fields.filter(({ value }) => value !== '');
}
