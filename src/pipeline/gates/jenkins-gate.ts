import { asVariables } from '../news.ts';
import type { Gate, GateFile } from './gate.ts';
import { commitLines, verifyLines } from './shell-gate.ts';

/** As our target `jenkins: { input: ModelSignOff }` names it; Jenkins writes ids with a capital. */
export const JENKINS_INPUT = 'ModelSignOff';

const COMMIT = `string(name: 'SIGNOFF_COMMIT', defaultValue: '', description: 'Commit that holds the approvals')`;
/** Jenkins drops parameters that a job does not declare, and by the last one a sign-off finds its build. */
const PARAMETERS = asVariables({
  ...{ approval: 'Id of the approval', commit: 'Commit that holds the approvals', model: 'Name of the model' },
  ...{ version: 'Id of the model', environment: 'Where it is to go live' },
  correlation: 'Id by which the sign-off finds this build',
});

/**
 * A declarative Jenkinsfile whose last stage waits in an `input` with a fixed id, holding no executor meanwhile; or, where
 * the policy has a sign-off start a build of its own (`jenkins: { job: … }` without `input`), runs in such builds only and
 * waits for nobody. The answer is no proof: administrators can always give it, so the verifier decides.
 */
export function jenkinsGate(gate: Gate): GateFile {
  const lines = ['set -eu', ...commitLines(), ...verifyLines(gate), gate.deploy];
  const [declared, condition] = isStarted(gate) ? [parameters(), onlyStarted()] : ['', waits(gate)];
  const text = `// Deploys only what people have signed. Written by “signoff gate jenkins”; add your own stages before the last.
pipeline {
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
function isStarted({ targets = [] }: Gate): boolean {
  const told = targets.flatMap(({ jenkins }) => jenkins ?? []);
  return told.length > 0 && told.every(({ input }) => input === undefined);
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

function waits({ model, environment }: Gate): string {
  return `      options {
        timeout(time: 7, unit: 'DAYS')
      }
      input {
        message ${groovyText(`Waits for the sign-off of ${model} for ${environment}`)}
        id '${JENKINS_INPUT}'
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
