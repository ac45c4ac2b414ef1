import { type Gate, type GateFile, NODE_MAJOR } from './gate.ts';
import { verifyLines } from './shell-gate.ts';
import { script, yamlGate } from './yaml-gate.ts';

/** GitHub's own way to insert a value. It stands outside scripts only, where it can't become a command. */
const inserted = (expression: string): string => ['$', `{{ ${expression} }}`].join('');
const input = (description: string, required: boolean) => ({ description, required, type: 'string' });

/**
 * A workflow that a sign-off dispatches. It checks out the approvals' commit with its whole history; of the inputs nothing
 * but that commit is used, and it is verified like any other. No input stands inside a script.
 */
export function githubGate(gate: Gate): GateFile {
  const text = yamlGate(
    'Deploys only what people have signed. Written by “signoff gate github”; the steps before and after are yours.',
    {
      name: `Deploy ${gate.model} to ${gate.environment}`,
      'run-name': `sign-off ${inserted('inputs.correlation')}`,
      on: {
        workflow_dispatch: {
          inputs: {
            approval: input('Id of the approval', false),
            commit: input('Commit that holds the approvals', true),
            model: input('Name of the model', false),
            version: input('Id of the model', false),
            environment: input('Where it is to go live', false),
            correlation: input('Id by which the sign-off finds this run', false),
          },
        },
      },
      permissions: { contents: 'read' },
      concurrency: `signoff-${gate.environment}`,
      jobs: {
        deploy: {
          'runs-on': 'ubuntu-latest',
          environment: gate.environment,
          steps: [
            { uses: 'actions/checkout@v4', with: { ref: inserted('inputs.commit'), 'fetch-depth': 0 } },
            { uses: 'actions/setup-node@v4', with: { 'node-version': NODE_MAJOR } },
            { name: 'Verify the sign-off', run: script(['set -eu', ...verifyLines(gate)]) },
            { name: 'Deploy', run: script([gate.deploy]) },
          ],
        },
      },
    },
  );
  return { path: '.github/workflows/deploy-signed.yml', text };
}
