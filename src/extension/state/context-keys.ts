import * as vscode from 'vscode';
import { CONTEXT_KEYS } from '../ids.ts';
import type { Disposable } from '../lifecycle.ts';
import { type OpenPoint, openPointsOf } from '../sign-off/open-points.ts';
import type { SignoffState } from './signoff-state.ts';
import { outcomesOf, type Snapshot } from './snapshot.ts';

/**
 * Keeps the keys that welcome views and menus choose by. They change only when a look is over, so that no welcome
 * flashes up while the answer is still on its way.
 */
export function keepContextKeys(state: SignoffState): Disposable {
  return state.onDidChange((snapshot) => {
    const { policySearch, activity } = snapshot;
    if (policySearch === 'unknown' || activity !== 'idle') return;
    setContext(CONTEXT_KEYS.hasPolicy, policySearch === 'found');
    setContext(CONTEXT_KEYS.hasRun, hasRun(snapshot));
    setContext(CONTEXT_KEYS.hasPipeline, snapshot.policy?.pipeline !== undefined);
    setContext(CONTEXT_KEYS.hasUncertain, has(snapshot, 'accept'));
    setContext(CONTEXT_KEYS.hasWaivable, has(snapshot, 'waive'));
    setContext(CONTEXT_KEYS.hasPending, has(snapshot, 'attest'));
    setContext(CONTEXT_KEYS.hasApproved, snapshot.approvals?.environments.some(({ inForce }) => inForce) === true);
  });
}

/** Not known while the policy or its store can't be read: "there is no run" would be a guess. */
function hasRun({ runs, obstacle, policyProblems }: Snapshot): boolean | undefined {
  if (runs.length > 0) return true;
  const unreadable = policyProblems.some(({ severity }) => severity === 'error') || obstacle !== undefined;
  return unreadable && obstacle?.code !== 'run-missing' ? undefined : false;
}

/** Whether anybody could settle something in that way. */
function has(snapshot: Snapshot, kind: OpenPoint['kind']): boolean {
  const { policy } = snapshot;
  if (policy === undefined) return false;
  const outcomes = outcomesOf(snapshot);
  const roles = Object.keys(policy.signoff.roles);
  return roles.some((role) => openPointsOf(outcomes, policy, role).some((point) => point.kind === kind));
}

function setContext(key: string, value: boolean | undefined): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
