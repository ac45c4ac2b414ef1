import { type ApprovalStatement, PREDICATE_TYPE, STATEMENT_TYPE } from './statement.ts';

/**
 * The bytes that are signed: compact JSON, keys in the contract's order. Rebuilt field by field, so that nothing else
 * that a caller's object may carry is ever signed.
 */
export function statementBytes(statement: ApprovalStatement): Buffer {
  const { predicate } = statement;
  const ordered: ApprovalStatement = {
    _type: STATEMENT_TYPE,
    subject: statement.subject.map(({ name, digest }) => ({ name, digest: { sha256: digest.sha256 } })),
    predicateType: PREDICATE_TYPE,
    predicate: {
      project: predicate.project,
      model: predicate.model,
      run: predicate.run,
      environment: predicate.environment,
      decision: predicate.decision,
      role: predicate.role,
      approver: predicate.approver,
      comment: predicate.comment,
      policy: { sha256: predicate.policy.sha256 },
      assessment: { sha256: predicate.assessment.sha256 },
      accepted: predicate.accepted.map(({ check, reason }) => ({ check, reason })),
      waivers: predicate.waivers.map(({ check, reason, until }) => ({ check, reason, until })),
      attestations: predicate.attestations.map(({ check, statement: text, evidence }) => ({
        check,
        statement: text,
        evidence: evidence.map(({ path, sha256 }) => ({ path, sha256 })),
      })),
      replaces: predicate.replaces,
      supersedes: [...predicate.supersedes],
      deployment: { strategy: predicate.deployment.strategy, rollback_to: predicate.deployment.rollback_to },
      trained_by: [...predicate.trained_by],
      issued: predicate.issued,
      expires: predicate.expires,
      tool: { name: predicate.tool.name, version: predicate.tool.version },
    },
  };
  return Buffer.from(JSON.stringify(ordered), 'utf8');
}
