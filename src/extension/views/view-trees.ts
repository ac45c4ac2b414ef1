import { outcomesOf, type Snapshot } from '../state/snapshot.ts';
import { approvalsTree } from './approvals-model.ts';
import { checklistTree } from './checklist-model.ts';
import { lostPolicyNode, obstacleNode, obstacleNodes, policyProblemNodes } from './problem-nodes.ts';
import { runsTree } from './runs-model.ts';
import type { TreeNode } from './tree-node.ts';

/** The three views as functions of the snapshot. An empty tree leaves the place to the welcome view of that state. */
export interface ViewTrees {
  readonly checklist: (snapshot: Snapshot) => readonly TreeNode[];
  readonly runs: (snapshot: Snapshot) => readonly TreeNode[];
  readonly approvals: (snapshot: Snapshot) => readonly TreeNode[];
}

/** @param runsLimit as many runs as are shown */
export function viewTrees(now: () => number, runsLimit: () => number): ViewTrees {
  return {
    checklist: checklistNodes,
    runs: (snapshot) => runNodes(snapshot, runsLimit(), now()),
    approvals: (snapshot) => approvalNodes(snapshot, now()),
  };
}

function checklistNodes(snapshot: Snapshot): readonly TreeNode[] {
  const { policyFile, policy, policyProblems, obstacle, assessed, lostPolicyFile } = snapshot;
  if (policyFile === undefined) return lostPolicyFile === undefined ? [] : [lostPolicyNode(lostPolicyFile)];
  if (policyProblems.some((problem) => problem.severity === 'error'))
    return policyProblemNodes(policyFile, policyProblems);
  if (assessed !== undefined && policy !== undefined) return checklistTree(outcomesOf(snapshot), policy);
  // Where training has simply not run yet, the welcome view says what to do.
  const nothingTrained = obstacle?.code === 'run-missing' && snapshot.runs.length === 0;
  return obstacle === undefined || nothingTrained ? [] : obstacleNodes(policyFile, obstacle);
}

function runNodes(
  { runs, runProblems: problems, assessed }: Snapshot,
  limit: number,
  now: number,
): readonly TreeNode[] {
  return runsTree({ runs, problems, assessed, limit }, now);
}

function approvalNodes(snapshot: Snapshot, now: number): readonly TreeNode[] {
  const { policyFile, approvals, approvalsObstacle, trust } = snapshot;
  if (approvals !== undefined && policyFile !== undefined) {
    const { whyNoSigning, environments } = approvals;
    const first = whyNoSigning === undefined ? [] : [obstacleNode(policyFile, whyNoSigning)];
    return [...first, ...approvalsTree(environments, now)];
  }
  if (policyFile === undefined || approvalsObstacle === undefined || trust === 'untrusted') return [];
  return [obstacleNode(policyFile, approvalsObstacle)];
}
