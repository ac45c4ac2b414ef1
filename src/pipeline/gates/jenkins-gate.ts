import { asVariables } from '../news.ts';
import type { Gate, GateFile } from './gate.ts';
import { commitLines, verifyLines } from './shell-gate.ts';

/** Where the policy names no input; Jenkins writes ids with a capital. */
const USUAL_INPUT = 'ModelSignOff';

const COMMIT = `string(name: 'SIGNOFF_COMMIT', defaultValue: '', description: 'Commit that holds the approvals')`;
/** Jenkins drops parameters that a job does not declare, and by the last one a sign-off finds its build. */
const PARAMETERS = asVariables({
  ...{ approval: 'Id of the approval', commit: 'Commit that holds the approvals', model: 'Name of the model' },
  ...{ version: 'Id of the model', environment: 'Where it is to go live' },
  correlation: 'Id by which the sign-off finds this build',
});

const ALSO_STARTED = `// This is for the job whose builds wait: the one that a sign-off starts (“job” without “input” in the policy) needs a
// Jenkinsfile of its own, without “input” and with the parameters ${Object.keys(PARAMETERS).join(', ')}.
`;

/**
 * A declarative Jenkinsfile whose last stage waits in an `input` with a fixed id, holding no executor meanwhile; or, where
 * the policy has a sign-off start a build of its own (`jenkins: { job: … }` without `input`), runs in such builds only and
 * waits for nobody. The answer is no proof: administrators can always give it, so the verifier decides.
 */
export function jenkinsGate(gate: Gate): GateFile {
  const lines = ['set -eu', ...commitLines(), ...verifyLines(gate), gate.deploy];
  const [declared, condition] = isStarted(gate) ? [parameters(), onlyStarted()] : ['', waits(gate)];
  const text = `// Deploys only what people have signed. Written by “signoff gate jenkins”; add your own stages before the last.
${isMixed(gate) ? ALSO_STARTED : ''}pipeline {
  agent none
  options {
    disableConcurrentBuilds()
  }
${declared}  stages {
    stage('Deploy') {
      agent any
${condition}      steps {
        checkout scm
        sh ${groovyText(lines.join('\n'))}
      }
    }
  }
}
`;
  return { path: 'Jenkinsfile', text };
}

/** Whether every build that deploys is started by the sign-off itself. */
function isStarted(gate: Gate): boolean {
  const { starting, inputs } = told(gate);
  return starting > 0 && inputs.length === 0;
}

/** Whether some jobs wait for the sign-off and others are started by it, which takes two files. */
function isMixed(gate: Gate): boolean {
  const { starting, inputs } = told(gate);
  return starting > 0 && inputs.length > 0;
}

/** How many builds of Jenkins the sign-off starts, and which inputs it answers. */
function told({ targets = [] }: Gate): { readonly starting: number; readonly inputs: readonly string[] } {
  const jobs = targets.flatMap(({ jenkins }) => jenkins ?? []);
  const inputs = jobs.flatMap(({ input }) => input ?? []);
  return { starting: jobs.length - inputs.length, inputs };
}

function parameters(): string {
  const declared = Object.entries(PARAMETERS).map(
    ([name, description]) => `    string(name: '${name}', defaultValue: '', description: '${description}')\n`,
  );
  return `  parameters {\n${declared.join('')}  }\n`;
}

/** Before the agent, so that builds of every push hold none for this stage. */
function onlyStarted(): string {
  return `      when {
        beforeAgent true
        expression { params.SIGNOFF_COMMIT }
      }
`;
}

function waits(gate: Gate): string {
  const { model, environment } = gate;
  const [input = USUAL_INPUT] = told(gate).inputs;
  return `      options {
        timeout(time: 7, unit: 'DAYS')
      }
      input {
        message ${groovyText(`Waits for the sign-off of ${model} for ${environment}`)}
        id ${groovyText(input)}
        parameters {
          ${COMMIT}
        }
      }
`;
}

/** A Groovy text in single quotes, in which nothing is interpolated; over several lines where it has several. */
function groovyText(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\r', '\\r');
  return escaped.includes('\n') ? `'''${escaped}\n'''` : `'${escaped}'`;
}
