import type { Result } from '../../base/result.ts';
import { day } from '../../report/document/times.ts';
import type { ApprovalsReply } from '../engine/approvals.ts';
import type { KeyOwner, SignedReply } from '../engine/read-signed.ts';
import { COMMANDS } from '../ids.ts';
import { t } from '../translation.ts';
import { visibleBesideIcons } from '../visible-text.ts';
import type { Lens } from './lens.ts';

type Statement = Extract<SignedReply['said'], { kind: 'statement' }>;

export interface StatementShown {
  /** Absolute path of the file. */
  readonly path: string;
  readonly read: Result<SignedReply>;
  readonly approvals: ApprovalsReply | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What stands above an approval's base64: who said what, until when, and whether the signature is theirs. */
export function statementLenses({ path, read, approvals, now }: StatementShown): readonly Lens[] {
  if (!read.ok) return [{ offset: 0, words: t('Not valid: {0}', visibleBesideIcons(read.problem.message)) }];
  const { said } = read.value;
  return [
    { offset: 0, words: wordsOf(said, now) },
    ...(said.kind === 'statement' ? effectLenses(said, approvals) : []),
    { offset: 0, words: t('Show in Words'), command: { id: COMMANDS.show, arguments: [path] } },
  ];
}

function wordsOf(said: SignedReply['said'], now: number): string {
  switch (said.kind) {
    case 'release':
      return t('A release: policy and signers, signed');
    case 'assessment':
      return t('The assessment of run {0}', visibleBesideIcons(said.run));
    case 'statement':
      return statementWords(said, now);
  }
}

/** `Ana, data-science, approves for production, valid until 2026-12-01; signature good`. */
function statementWords({ statement, owner }: Statement, now: number): string {
  const { approver, role, environment, decision, expires } = statement;
  const who = [visibleBesideIcons(approver), visibleBesideIcons(role)].join(', ');
  const place = visibleBesideIcons(environment);
  const decisions: Readonly<Record<typeof decision, string>> = {
    approve: t('approves for {0}', place),
    reject: t('rejects for {0}', place),
    revoke: t('revokes for {0}', place),
    rollback: t('rolls back {0}', place),
  };
  const validity = Date.parse(expires) > now ? t('valid until {0}', day(expires)) : t('expired {0}', day(expires));
  // A rejection and a revocation hold until they are taken back.
  const until = decision === 'approve' || decision === 'rollback' ? [validity] : [];
  return `${[who, decisions[decision], ...until].join(', ')}; ${signatureWords(owner, approver)}`;
}

/** A signature that is good by a key of nobody is worth nothing, so the two are never said apart. */
function signatureWords(owner: KeyOwner, approver: string): string {
  if (owner.kind === 'unknown') return t('signature good, its key not looked up');
  if (owner.kind === 'nobody') return t('signature good, but its key is nobody’s in allowed_signers');
  const person = visibleBesideIcons(owner.person);
  if (owner.person !== approver) return t('signature good, but the key is {0}’s', person);
  return owner.validity === 'valid' ? t('signature good') : t('signature good, but the key is no longer valid');
}

/** Whether it has a part in what is shown in the approvals view now. */
function effectLenses({ id }: Statement, approvals: ApprovalsReply | undefined): readonly Lens[] {
  const environment = approvals?.environments.find(
    ({ inForce, candidate }) =>
      inForce?.approvals.some((each) => each.id === id) === true ||
      candidate.seats.some((seat) => seat.approvals.some((each) => each.id === id)) ||
      candidate.others.some((each) => each.id === id),
  );
  if (environment === undefined) return [];
  const isInForce = environment.inForce?.approvals.some((each) => each.id === id) === true;
  const name = visibleBesideIcons(environment.name);
  return [
    {
      offset: 0,
      words: isInForce ? t('In force in {0}', name) : t('Counts for {0}', name),
      command: { id: 'modelSignoff.approvals.focus', arguments: [] },
    },
  ];
}
