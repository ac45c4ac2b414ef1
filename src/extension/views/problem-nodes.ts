import { basename } from 'node:path';
import type { Problem } from '../../base/result.ts';
import { COMMANDS, INTERNAL_COMMANDS } from '../ids.ts';
import { t } from '../translation.ts';
import { visible } from '../visible-text.ts';
import type { TreeNode } from './tree-node.ts';

/** A policy that can't be read is said by its mistakes; a click on one goes to its place. */
export function policyProblemNodes(policyFile: string, problems: readonly Problem[]): readonly TreeNode[] {
  const errors = problems.filter((problem) => problem.severity === 'error');
  const file = visible(basename(policyFile));
  return [
    {
      id: 'policy-problems',
      label: errors.length === 1 ? t('{0} has a mistake', file) : t('{0} has {1} mistakes', file, errors.length),
      description: t('nothing is checked until it is right'),
      icon: 'error',
      tone: 'bad',
      contextValue: 'policy-problems',
      opened: 'opened',
      children: errors.map((problem, index) => problemNode(`policy-problem/${index}`, policyFile, problem)),
    },
  ];
}

/** A policy that was there a moment ago is not replaced by an offer to write a new one. */
export function lostPolicyNode(lostPolicyFile: string): TreeNode {
  const label = lostPolicyWords(lostPolicyFile);
  return { id: 'policy-lost', label, tooltip: label, icon: 'error', tone: 'bad', contextValue: 'problem' };
}

export function lostPolicyWords(lostPolicyFile: string): string {
  const file = visible(basename(lostPolicyFile));
  return t('{0} was deleted: where it was committed, “git restore {0}” brings it back.', file);
}

/** One message where the whole view has nothing else to show. */
export function obstacleNode(policyFile: string, problem: Problem): TreeNode {
  return problemNode('obstacle', policyFile, problem);
}

/** The same, with what a person can do about it. */
export function obstacleNodes(policyFile: string, problem: Problem): readonly TreeNode[] {
  const node = obstacleNode(policyFile, problem);
  return asksForCredential(problem.code) ? [node, credentialNode()] : [node];
}

/** Whether a server refused to answer whoever asked. */
export function asksForCredential(code: string): boolean {
  return /^(?:server|http)-(?:unauthorized|forbidden)/.test(code);
}

function credentialNode(): TreeNode {
  const label = t('Set credential…');
  return {
    id: 'set-credential',
    label,
    icon: 'key',
    tone: 'plain',
    contextValue: 'set-credential',
    command: { id: COMMANDS.setServerCredential, title: label, arguments: [] },
  };
}

function problemNode(id: string, policyFile: string, problem: Problem): TreeNode {
  const message = visible(problem.message);
  // The line stands first: at the end a narrow view would cut it off.
  const label = problem.range === undefined ? message : t('Line {0}: {1}', problem.range.line, message);
  return {
    id,
    label,
    tooltip: label,
    spokenToo: problem.severity === 'error' ? t('Error') : t('Warning'),
    icon: problem.severity === 'error' ? 'error' : 'warning',
    tone: problem.severity === 'error' ? 'bad' : 'warning',
    contextValue: 'problem',
    command: {
      id: INTERNAL_COMMANDS.openProblem,
      title: t('Go to the Problem'),
      arguments: [policyFile, problem.range?.offset ?? 0, problem.range?.length ?? 0],
    },
  };
}
