import type { CountedApproval } from '../../approval/verdict.ts';
import type { Outcome } from '../../checks/outcome.ts';
import type { Policy } from '../../policy/schema.ts';
import { day, dayAndTime } from '../../report/document/times.ts';
import type { EnvironmentApprovals, InForce, Seat } from '../engine/approvals.ts';
import { t } from '../translation.ts';
import { visible } from '../visible-text.ts';
import { historyNodes } from './approval-history-nodes.ts';
import { openPointNodes } from './open-point-nodes.ts';
import { type PipelineShown, pipelineNodes } from './pipeline-nodes.ts';
import { reasonNodes } from './reason-nodes.ts';
import { isStale } from './stale-words.ts';
import { timeUntil } from './times.ts';
import type { Tone, TreeNode } from './tree-node.ts';

/** As many characters of a digest as tell two models apart for a reader. */
const SHORT_ID = 12;
const SOON_MS = 14 * 24 * 3_600_000;

export function shortId(id: string): string {
  return id.slice(0, SHORT_ID);
}

/** What the view shows beside what was signed. */
export interface ApprovalsShown {
  readonly environments: readonly EnvironmentApprovals[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The checks of the environment that is meant when nobody names one; its approvals are laid over them. */
  readonly checks?:
    | { readonly environment: string; readonly outcomes: readonly Outcome[]; readonly policy: Policy }
    | undefined;
  /** The policy that names the pipelines, and what they were told from here, newest first. */
  readonly pipeline?: PipelineShown | undefined;
  /** Names by which people know runs. */
  readonly nameOf?: (run: string) => string;
}

/** For every environment: what is live there, who has signed for the model in the checklist, and whose word is missing. */
export function approvalsTree(shown: ApprovalsShown): readonly TreeNode[] {
  return shown.environments.map((environment) => environmentNode(environment, shown));
}

interface Standing {
  readonly icon: string;
  readonly tone: Tone;
  readonly description: string;
}

function environmentNode(
  environment: EnvironmentApprovals,
  { now, checks, pipeline, nameOf = (run) => run }: ApprovalsShown,
): TreeNode {
  const { name, candidate, history } = environment;
  const own = checks?.environment === name && candidate.standing !== 'approved' ? checks : undefined;
  const { icon, tone, description } = standing(environment);
  return {
    id: `environment/${name}`,
    label: visible(name),
    description,
    icon,
    tone,
    contextValue: candidate.standing === 'approved' ? 'environment.approved' : 'environment.open',
    opened: 'opened',
    children: [
      inForceNode(environment, now),
      ...candidate.seats.map((seat) => seatNode(environment, seat, now)),
      ...candidate.others.map((approval) => approvalNode(name, approval, now)),
      ...(own === undefined ? [] : openPointNodes(name, own.outcomes, own.policy)),
      ...reasonNodes(name, candidate.reasons),
      ...(pipeline === undefined ? [] : pipelineNodes(environment, pipeline)),
      ...historyNodes(history, nameOf),
    ],
  };
}

function standing(environment: EnvironmentApprovals): Standing {
  const { seats, standing, reasons } = environment.candidate;
  if (standing === 'approved' && reasons.some(isStale)) {
    return { icon: 'warning', tone: 'warning', description: t('approved, but something changed since') };
  }
  if (standing === 'approved') return { icon: 'verified-filled', tone: 'good', description: t('approved') };
  if (standing === 'rejected') return { icon: 'error', tone: 'bad', description: t('rejected') };
  const need = seats.reduce((sum, seat) => sum + seat.need, 0);
  const have = seats.reduce((sum, seat) => sum + Math.min(seat.have, seat.need), 0);
  return {
    icon: have === 0 ? 'circle-large-outline' : 'circle-large-filled',
    tone: have === 0 ? 'quiet' : 'warning',
    description: reasons.some(isStale)
      ? t('{0} of {1} signed · stale', have, need)
      : t('{0} of {1} signed', have, need),
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
    description: inForceWords(inForce, now),
    tooltip: [
      t('Model {0}', inForce.modelId),
      t('Run {0}', visible(inForce.run)),
      t('Until {0} ({1})', dayAndTime(inForce.until), timeUntil(inForce.until, now)),
    ].join('\n'),
    icon: 'rocket',
    tone:
      inForce.validity === 'expired' || runsOutSoon(inForce, now)
        ? 'warning'
        : same && candidate.standing === 'approved'
          ? 'good'
          : 'plain',
    contextValue: 'in-force',
    // For the model in the checklist, the seats below say the same.
    ...(same
      ? {}
      : {
          opened: 'closed' as const,
          children: inForce.approvals.map((approval) => signatureNode(`${id}/${approval.id}`, approval, now)),
        }),
  };
}

function inForceWords(inForce: InForce, now: number): string {
  const model = t('model {0}', shortId(inForce.modelId));
  if (inForce.validity === 'expired') return t('expired {0} · {1}', day(inForce.until), model);
  return runsOutSoon(inForce, now)
    ? t('runs out {0} · {1}', timeUntil(inForce.until, now), model)
    : t('until {0} · {1}', day(inForce.until), model);
}

/** Early enough that a new quorum can still be gathered. */
function runsOutSoon({ until }: InForce, now: number): boolean {
  return Date.parse(until) - now < SOON_MS;
}

function signatureNode(id: string, approval: CountedApproval, now: number): TreeNode {
  return {
    id,
    label: visible(approval.person),
    description: visible(approval.role),
    tooltip: approvalFacts(approval, now),
    icon: 'pass-filled',
    tone: 'good',
    contextValue: 'approval',
  };
}

/** What was approved and is rejected since, or has run out, is no longer in force: it is what was approved last. */
function inForceLabel({ runName, validity }: InForce, own: EnvironmentApprovals['candidate'] | undefined): string {
  const over = validity === 'expired' || own?.standing === 'rejected';
  if (own === undefined) return over ? t('Last approved: {0}', visible(runName)) : t('In force: {0}', visible(runName));
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
