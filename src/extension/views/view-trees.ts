import type { RingRecord } from '../../pipeline/ring-book.ts';
import type { EnvironmentApprovals } from '../engine/approvals.ts';
import { mainEnvironment, outcomesOf, type Snapshot } from '../state/snapshot.ts';
import { type ApprovalsShown, approvalsTree } from './approvals-model.ts';
import { runsArranger } from './arrange-runs.ts';
import { checklistTree } from './checklist-model.ts';
import { lostPolicyNode, obstacleNode, obstacleNodes, policyProblemNodes } from './problem-nodes.ts';
import { type CheckedRun, runVerdicts } from './run-verdicts.ts';
import { runsTree } from './runs-model.ts';
import type { TreeNode } from './tree-node.ts';
import type { ViewChoice } from './view-choices.ts';

/** The three views as functions of the snapshot. An empty tree leaves the place to the welcome view of that state. */
export interface ViewTrees {
  readonly checklist: (snapshot: Snapshot) => readonly TreeNode[];
  readonly runs: (snapshot: Snapshot) => readonly TreeNode[];
  readonly approvals: (snapshot: Snapshot) => readonly TreeNode[];
}

/** What the views show beside the snapshot, as functions, because all of it changes. */
export interface ViewSurroundings {
  readonly now: () => number;
  /** As many runs as are shown. */
  readonly runsLimit: () => number;
  readonly choice: () => ViewChoice;
  readonly checkedRuns: () => readonly CheckedRun[];
  /** What was told to pipelines, newest first. */
  readonly rings: () => readonly RingRecord[];
}

export function viewTrees({ now, runsLimit, choice, checkedRuns, rings }: ViewSurroundings): ViewTrees {
  const arrange = runsArranger();
  const verdictsOf = keepingLast(runVerdicts);
  return {
    checklist: (snapshot) => checklistNodes(snapshot, choice().statuses),
    runs: ({ runs, runProblems: problems, assessed, approvals }) => {
      const verdicts = verdictsOf(checkedRuns(), approvals?.environments ?? NO_ENVIRONMENTS);
      const shown = { runs, problems, assessed, verdicts, arrange, limit: runsLimit(), choice: choice().runs };
      return runsTree(shown, now());
    },
    approvals: (snapshot) => approvalNodes(snapshot, rings(), now()),
  };
}

const NO_ENVIRONMENTS: readonly EnvironmentApprovals[] = [];

/** The same answer to the same question: what is made of it need not be made again either. */
function keepingLast(work: typeof runVerdicts): typeof runVerdicts {
  let asked: Parameters<typeof runVerdicts> | undefined;
  let answer: ReturnType<typeof runVerdicts> = new Map();
  return (...question) => {
    if (asked === undefined || question.some((part, index) => part !== asked?.[index])) answer = work(...question);
    asked = question;
    return answer;
  };
}

function checklistNodes(snapshot: Snapshot, statuses: ViewChoice['statuses']): readonly TreeNode[] {
  const { policyFile, policy, policyProblems, obstacle, assessed, lostPolicyFile } = snapshot;
  if (policyFile === undefined) return lostPolicyFile === undefined ? [] : [lostPolicyNode(lostPolicyFile)];
  if (policyProblems.some((problem) => problem.severity === 'error'))
    return policyProblemNodes(policyFile, policyProblems);
  if (assessed !== undefined && policy !== undefined) {
    return checklistTree({ outcomes: outcomesOf(snapshot), policy, statuses });
  }
  // Where training has simply not run yet, the welcome view says what to do.
  const nothingTrained = obstacle?.code === 'run-missing' && snapshot.runs.length === 0;
  return obstacle === undefined || nothingTrained ? [] : obstacleNodes(policyFile, obstacle);
}

function approvalNodes(snapshot: Snapshot, rings: readonly RingRecord[], now: number): readonly TreeNode[] {
  const { policyFile, approvals, approvalsObstacle, trust } = snapshot;
  if (approvals !== undefined && policyFile !== undefined) {
    const { whyNoSigning, environments } = approvals;
    const first = whyNoSigning === undefined ? [] : [obstacleNode(policyFile, whyNoSigning)];
    const names = new Map(snapshot.runs.map(({ id, name }) => [id, name]));
    const nameOf = (run: string): string => names.get(run) || run;
    const pipeline = snapshot.policy === undefined ? undefined : { policy: snapshot.policy, rings };
    return [...first, ...approvalsTree({ environments, now, nameOf, checks: checksOf(snapshot), pipeline })];
  }
  if (policyFile === undefined || approvalsObstacle === undefined || trust === 'untrusted') return [];
  return [obstacleNode(policyFile, approvalsObstacle)];
}

/** The environment whose approvals are laid over the outcomes, with them. */
function checksOf(snapshot: Snapshot): ApprovalsShown['checks'] {
  const { policy, approvals } = snapshot;
  const environment = policy === undefined ? undefined : mainEnvironment(policy);
  if (policy === undefined || environment === undefined || approvals === undefined) return undefined;
  return { environment, outcomes: approvals.outcomes, policy };
}
