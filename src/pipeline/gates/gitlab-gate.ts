import type { NewsParameters } from '../news.ts';
import { type Gate, type GateFile, NODE_MAJOR } from './gate.ts';
import { commitLines, verifyLines } from './shell-gate.ts';
import { tagsOf } from './tags-of.ts';
import { script, yamlGate } from './yaml-gate.ts';

/** Of an approval's commit alone what holds history and branches is fetched. */
const WHOLE_HISTORY = { GIT_DEPTH: '0', GIT_STRATEGY: 'clone' };

/**
 * What a new pipeline is told (`gitlab: { project: … }`). GitLab refuses inputs that a file does not declare, and those
 * that its pattern does not allow; without any, as on a push, they are empty.
 */
const INPUTS = {
  approval: { default: '', regex: '^[0-9a-f]*$', description: 'Id of the approval' },
  commit: { default: '', regex: '^[0-9a-f]*$', description: 'Commit that holds the approvals' },
  model: { default: '', description: 'Name of the model' },
  version: { default: '', regex: '^[0-9a-f]*$', description: 'Id of the model' },
  environment: { default: '', description: 'Where it is to go live' },
  correlation: { default: '', regex: '^[0-9a-f]*$', description: 'Id by which the sign-off finds this pipeline' },
} satisfies Record<keyof NewsParameters, object>;

/** Only what can hold nothing but digits is taken over; the others tell people what the pipeline is of. */
const FROM_INPUTS = { SIGNOFF_COMMIT: '$[[ inputs.commit ]]', SIGNOFF_CORRELATION: '$[[ inputs.correlation ]]' };
const COMMENT =
  'Deploys only what people have signed. Written by “signoff gate gitlab”; prepare, train, validate and monitor are yours.';

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
  const pipeline = {
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
  };
  // Servers before 15.11 know no header, so it stands only where inputs are sent.
  const text = takesInputs(gate)
    ? `${yamlGate(COMMENT, { spec: { inputs: INPUTS } })}---\n${yamlGate('', { variables: FROM_INPUTS, ...pipeline })}`
    : yamlGate(COMMENT, pipeline);
  return { path: '.gitlab-ci.yml', text };
}

function takesInputs({ targets = [] }: Gate): boolean {
  return targets.some(
    ({ gitlab }) =>
      gitlab !== undefined && gitlab.job === undefined && gitlab.trigger_token !== true && gitlab.pass !== 'variables',
  );
}

/** A GitLab pattern for what begins so; names hold letters, digits and `._-%` only. */
function asExpression(beginning: string): string {
  return `/^${beginning.replaceAll('.', String.raw`\.`).replaceAll('/', String.raw`\/`)}/`;
}
