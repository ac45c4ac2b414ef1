import { type Gate, type GateFile, NODE_MAJOR, placeIsOpen, VERIFIER_VARIABLE } from './gate.ts';
import { verifyLines } from './shell-gate.ts';
import { script, yamlGate } from './yaml-gate.ts';

/** What our target `argo: { workflow, node: approval }` resumes. */
const APPROVAL_NODE = 'approval';

/** A workflow that a sign-off itself submits, with its commit, has nothing to wait for. */
const WAITS = "'{{workflow.parameters.commit}}' == ''";

/**
 * A WorkflowTemplate: it waits for the sign-off, clones the repository at the approvals' commit, verifies and deploys in
 * one container, so that nothing can come between. Parameters reach the script as its arguments only.
 */
export function argoGate(gate: Gate): GateFile {
  const lines = [
    'set -eu',
    'repository=$1 commit=$2',
    `case "$commit" in *[!0-9a-f]*) echo 'The commit is not the id of one.' >&2; exit 2 ;; esac`,
    'git clone --quiet -- "$repository" checkout',
    'cd checkout',
    // Who resumes can't name a commit; the approvals are in the newest one then.
    'if [ -n "$commit" ]; then git checkout --quiet --detach "$commit"; else git checkout --quiet --detach; fi',
    ...verifyLines(gate),
    gate.deploy,
  ];
  const open = placeIsOpen(gate);
  const parameters = [{ name: 'repository' }, { name: 'commit', value: '' }, ...(open ? [{ name: 'verifier' }] : [])];
  const variable = open ? { env: [{ name: VERIFIER_VARIABLE, value: '{{workflow.parameters.verifier}}' }] } : {};
  const text = yamlGate(
    'Deploys only what people have signed. Written by “signoff gate argo”; add your own steps before the approval.',
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'WorkflowTemplate',
      metadata: { name: kubernetesName(`deploy-signed-${gate.model}-${gate.environment}`) },
      spec: {
        entrypoint: 'main',
        arguments: { parameters },
        templates: [
          {
            name: 'main',
            steps: [
              [{ name: APPROVAL_NODE, template: APPROVAL_NODE, when: WAITS }],
              [{ name: 'deploy', template: 'deploy' }],
            ],
          },
          { name: APPROVAL_NODE, suspend: {} },
          {
            name: 'deploy',
            container: {
              image: `node:${NODE_MAJOR}`,
              workingDir: '/tmp',
              command: ['sh', '-c', script(lines), 'deploy'],
              ...variable,
              args: ['{{workflow.parameters.repository}}', '{{workflow.parameters.commit}}'],
            },
          },
        ],
      },
    },
  );
  return { path: 'deploy-signed.workflowtemplate.yaml', text };
}

/** What Kubernetes takes as a name (RFC 1123): small letters, digits and dashes, at most 63. */
function kubernetesName(text: string): string {
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 63);
  return name.replaceAll(/^-+|-+$/g, '');
}
