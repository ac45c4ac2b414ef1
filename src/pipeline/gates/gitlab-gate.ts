import { type Gate, type GateFile, NODE_MAJOR } from './gate.ts';
import { commitLines, verifyLines } from './shell-gate.ts';
import { tagsOf } from './tags-of.ts';
import { script, yamlGate } from './yaml-gate.ts';

/** Of an approval's commit alone what holds history and branches is fetched. */
const WHOLE_HISTORY = { GIT_DEPTH: '0', GIT_STRATEGY: 'clone' };

/**
 * The five stages of a model's way. `deploy` waits for the sign-off, which plays it (`gitlab: { job: deploy }`); GitLab
 * would let others play it, too, and the verifier refuses what nobody signed. In a pipeline that a sign-off itself starts, by
 * its tag or with variables, nothing is trained again, and `deploy` need not wait. The other stages call scripts of the
 * team's own, where these are there.
 */
export function gitlabGate(gate: Gate): GateFile {
  const started = `$CI_COMMIT_TAG =~ ${asExpression(tagsOf(gate))} || $SIGNOFF_COMMIT`;
  const unlessStarted = { rules: [{ if: started, when: 'never' }, { when: 'on_success' }] };
  const own = (stage: string) => ({ stage, script: [script([`if [ -x ci/${stage}.sh ]; then ci/${stage}.sh; fi`])] });
  const text = yamlGate(
    'Deploys only what people have signed. Written by “signoff gate gitlab”; prepare, train, validate and monitor are yours.',
    {
      workflow: { name: 'sign-off $SIGNOFF_CORRELATION', rules: [{ when: 'always' }] },
      default: { image: `node:${NODE_MAJOR}` },
      stages: ['prepare', 'train', 'validate', 'deploy', 'monitor'],
      prepare: { ...own('prepare'), ...unlessStarted },
      train: { ...own('train'), ...unlessStarted },
      validate: { ...own('validate'), ...unlessStarted },
      deploy: {
        stage: 'deploy',
        rules: [
          { if: started, when: 'on_success' },
          { when: 'manual', allow_failure: false },
        ],
        environment: { name: gate.environment },
        resource_group: `signoff-${gate.environment}`,
        variables: WHOLE_HISTORY,
        script: [script(['set -eu', ...commitLines(), ...verifyLines(gate), gate.deploy])],
      },
      monitor: own('monitor'),
    },
  );
  return { path: '.gitlab-ci.yml', text };
}

/** A GitLab pattern for what begins so; names hold letters, digits and `._-%` only. */
function asExpression(beginning: string): string {
  return `/^${beginning.replaceAll('.', String.raw`\.`).replaceAll('/', String.raw`\/`)}/`;
}
