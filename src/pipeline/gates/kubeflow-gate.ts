import { type Gate, type GateFile, NODE_MAJOR, placeIsOpen, VERIFIER_VARIABLE } from './gate.ts';
import { verifyLines } from './shell-gate.ts';
import { script, yamlGate } from './yaml-gate.ts';

/**
 * A Kubeflow component (v1 YAML, which `kfp.components.load_component_from_file` of KFP 2 reads) that succeeds only for a
 * model that people have signed: let the deploying step come after it. There is no approving a paused run in Kubeflow, so
 * the sign-off starts a pipeline that begins with this component.
 */
export function kubeflowGate(gate: Gate): GateFile {
  const open = placeIsOpen(gate);
  const lines = [
    'set -eu',
    ...(open ? [`${VERIFIER_VARIABLE}=$5`] : []),
    'repository=$1 commit=$2 model=$3 verified=$4',
    'case "$commit" in *[!0-9a-f]* | "") exit 2 ;; esac',
    'checkout=$(mktemp -d)',
    'git clone --quiet -- "$repository" "$checkout"',
    'cd "$checkout"',
    'git checkout --quiet --detach "$commit"',
    // The bytes that the next step deploys are those that came from the step before, and no others.
    ...verifyLines(gate, '"$model"'),
    'mkdir -p "$(dirname "$verified")"',
    'printf %s "$commit" > "$verified"',
  ];
  const text = yamlGate('Succeeds only for a model that people have signed. Written by “signoff gate kubeflow”.', {
    name: `Verify the sign-off of ${gate.model} for ${gate.environment}`,
    inputs: [
      { name: 'repository', type: 'String', description: 'Address of the git repository with the approvals' },
      { name: 'commit', type: 'String', description: 'Commit that holds the approvals' },
      { name: 'model', type: 'Model', description: 'The very files that are deployed' },
      ...(open ? [{ name: 'verifier', type: 'String', description: 'Address of signoff-verify.cjs' }] : []),
    ],
    outputs: [{ name: 'verified', type: 'String', description: 'The commit that was verified' }],
    implementation: {
      container: {
        image: `node:${NODE_MAJOR}`,
        command: ['sh', '-c', script(lines), 'verify'],
        args: [
          { inputValue: 'repository' },
          { inputValue: 'commit' },
          { inputPath: 'model' },
          { outputPath: 'verified' },
          ...(open ? [{ inputValue: 'verifier' }] : []),
        ],
      },
    },
  });
  return { path: 'verify-signoff.component.yaml', text };
}
