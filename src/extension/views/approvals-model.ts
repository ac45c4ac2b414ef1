import type { CountedApproval } from '../../approval/verdict.ts';
import { day, dayAndTime } from '../../report/document/times.ts';
import type { EnvironmentApprovals, InForce, Seat } from '../engine/approvals.ts';
import { t } from '../translation.ts';
import { visible } from '../visible-text.ts';
import { timeUntil } from './times.ts';
import type { Tone, TreeNode } from './tree-node.ts';

/** As many characters of a digest as tell two models apart for a reader. */
const SHORT_ID = 12;

export function shortId(id: string): string {
  return id.slice(0, SHORT_ID);
}

/** For every environment: what is live there, who has signed for the model in the checklist, and whose word is missing. */
export function approvalsTree(environments: readonly EnvironmentApprovals[], now: number): readonly TreeNode[] {
  return environments.map((environment) => environmentNode(environment, now));
}

interface Standing {
  readonly icon: string;
  readonly tone: Tone;
  readonly description: string;
}

function environmentNode(environment: EnvironmentApprovals, now: number): TreeNode {
  const { name, candidate } = environment;
  const { icon, tone, description } = standing(environment);
  return {
    id: `environment/${name}`,
    label: visible(name),
    description,
    spoken: `${visible(name)}, ${description}`,
    icon,
    tone,
    contextValue: candidate.standing === 'approved' ? 'environment.approved' : 'environment.open',
    opened: 'opened',
    children: [
      inForceNode(environment, now),
      ...candidate.seats.map((seat) => seatNode(environment, seat, now)),
      ...candidate.others.map((approval) => approvalNode(name, approval, now)),
      ...candidate.reasons.map((reason, index) => reasonNode(name, reason.message, index)),
    ],
  };
}

function standing(environment: EnvironmentApprovals): Standing {
  const { seats, standing } = environment.candidate;
  if (standing === 'approved') return { icon: 'verified-filled', tone: 'good', description: t('approved') };
  if (standing === 'rejected') return { icon: 'error', tone: 'bad', description: t('rejected') };
  const need = seats.reduce((sum, seat) => sum + seat.need, 0);
  const have = seats.reduce((sum, seat) => sum + Math.min(seat.have, seat.need), 0);
  return {
    icon: have === 0 ? 'circle-large-outline' : 'circle-large-filled',
    tone: have === 0 ? 'quiet' : 'warning',
    description: t('{0} of {1} signed', have, need),
  };
}

/** *Which model is live?* in one line. */
function inForceNode({ name, inForce, candidate }: EnvironmentApprovals, now: number): TreeNode {
  const id = `environment/${name}/in-force`;
  if (inForce === undefined) {
    return { id, label: t('Nothing is approved yet'), icon: 'dash', tone: 'quiet', contextValue: 'nothing-in-force' };
  }
  const same = inForce.modelId === candidate.modelId;
  return {
    id,
    label: inForceLabel(inForce, same ? candidate : undefined),
    description:
      inForce.validity === 'expired'
        ? t('run {0} · expired {1}', visible(inForce.runName), day(inForce.until))
        : t('run {0} · until {1}', visible(inForce.runName), day(inForce.until)),
    tooltip: [
      t('Model {0}', inForce.modelId),
      t('Run {0}', visible(inForce.run)),
      t('Until {0} ({1})', dayAndTime(inForce.until), timeUntil(inForce.until, now)),
    ].join('\n'),
    icon: 'rocket',
    tone: inForce.validity === 'expired' ? 'warning' : same && candidate.standing === 'approved' ? 'good' : 'plain',
    contextValue: 'in-force',
  };
}

/** What was approved and is rejected since, or has run out, is no longer in force: it is what was approved last. */
function inForceLabel({ modelId, validity }: InForce, own: EnvironmentApprovals['candidate'] | undefined): string {
  const over = validity === 'expired' || own?.standing === 'rejected';
  if (own === undefined)
    return over ? t('Last approved: model {0}', shortId(modelId)) : t('In force: model {0}', shortId(modelId));
  return over ? t('Last approved: this model') : t('This model is in force');
}

function seatNode(environment: EnvironmentApprovals, seat: Seat, now: number): TreeNode {
  const id = `environment/${environment.name}/seat/${seat.role}`;
  const role = visible(seat.role);
  if (seat.have >= seat.need) {
    const people = seat.approvals.map((approval) => visible(approval.person)).join(', ');
    return {
      id,
      label: role,
      description: t('signed by {0}', people),
      tooltip: seat.approvals.map((approval) => approvalFacts(approval, now)).join('\n\n'),
      spoken: `${role}, ${t('signed by {0}', people)}`,
      icon: 'pass-filled',
      tone: 'good',
      contextValue: 'seat.filled',
    };
  }
  const holders = seat.holders.map(visible).join(', ');
  const description = seat.holders.length === 0 ? t('nobody holds this role') : missingWords(seat, holders);
  return {
    id,
    label: role,
    description,
    spoken: `${role}, ${description}`,
    icon: 'circle-large-outline',
    tone: 'warning',
    contextValue: 'seat.open',
  };
}

/** Names come early: a side bar is narrow. */
function missingWords({ need, have, holders }: Seat, names: string): string {
  const count = need - have;
  if (count > 1) return t('missing {0} of {1}', count, names);
  return holders.length === 1 ? t('missing: {0}', names) : t('missing: one of {0}', names);
}

/** A signature that fills no seat still speaks: its waivers and attestations count. */
function approvalNode(environment: string, approval: CountedApproval, now: number): TreeNode {
  return {
    id: `environment/${environment}/approval/${approval.id}`,
    label: visible(approval.role),
    description: t('also signed by {0}', visible(approval.person)),
    tooltip: approvalFacts(approval, now),
    icon: 'pass',
    tone: 'plain',
    contextValue: 'approval',
  };
}

function approvalFacts(approval: CountedApproval, now: number): string {
  return [
    t('{0} as {1}', visible(approval.person), visible(approval.role)),
    t('Signed {0}', dayAndTime(approval.issued)),
    t('Until {0} ({1})', dayAndTime(approval.expires), timeUntil(approval.expires, now)),
    t('Key {0}', approval.key),
    t('Statement {0}', approval.id),
  ].join('\n');
}

function reasonNode(environment: string, message: string, index: number): TreeNode {
  return {
    id: `environment/${environment}/reason/${index}`,
    label: visible(message),
    tooltip: visible(message),
    icon: 'info',
    tone: 'quiet',
    contextValue: 'reason',
  };
}
