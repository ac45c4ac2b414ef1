import { Scalar } from 'yaml';
import { type Gate, type GateFile, NODE_MAJOR, placeIsOpen, VERIFIER_VARIABLE } from './gate.ts';
import { verifyLines } from './shell-gate.ts';
import { tagsOf } from './tags-of.ts';
import { script, yamlGate } from './yaml-gate.ts';

/** GitHub's own way to insert a value. It stands outside scripts only, where it can't become a command. */
const inserted = (expression: string): string => ['$', `{{ ${expression} }}`].join('');

/** An action at the commit of its release, since a tag can be moved to other code. */
function pinned(action: string, release: string): Scalar {
  const uses = new Scalar(action);
  uses.comment = ` ${release}`;
  return uses;
}
export const CHECKOUT = 'actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683';
export const SETUP_NODE = 'actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020';

const input = (description: string, required: boolean) => ({ description, required, type: 'string' });

/**
 * A workflow that a sign-off's tag starts, or that a sign-off dispatches. It checks out the approvals' commit with its whole
 * history; of the inputs nothing but that commit is used, and it is verified like any other. No input stands inside a
 * script.
 */
export function githubGate(gate: Gate): GateFile {
  const variable = placeIsOpen(gate) ? { env: { [VERIFIER_VARIABLE]: inserted(`vars.${VERIFIER_VARIABLE}`) } } : {};
  const text = yamlGate(
    'Deploys only what people have signed. Written by “signoff gate github”; the steps before and after are yours.',
    {
      name: `Deploy ${gate.model} to ${gate.environment}`,
      'run-name': `sign-off ${inserted('inputs.correlation || github.ref_name')}`,
      on: {
        push: { tags: [`${tagsOf(gate)}*`] },
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
            {
              uses: pinned(CHECKOUT, 'v4.2.2'),
              with: { ref: inserted('inputs.commit || github.ref'), 'fetch-depth': 0 },
            },
            { uses: pinned(SETUP_NODE, 'v4.4.0'), with: { 'node-version': NODE_MAJOR } },
            { name: 'Verify the sign-off', ...variable, run: script(['set -eu', ...verifyLines(gate)]) },
            { name: 'Deploy', run: script([gate.deploy]) },
          ],
        },
      },
    },
  );
  return { path: '.github/workflows/deploy-signed.yml', text };
}
