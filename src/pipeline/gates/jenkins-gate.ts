import type { Gate, GateFile } from './gate.ts';
import { commitLines, verifyLines } from './shell-gate.ts';

/** As our target `jenkins: { input: ModelSignOff }` names it; Jenkins writes ids with a capital. */
export const JENKINS_INPUT = 'ModelSignOff';

/**
 * A declarative Jenkinsfile whose last stage waits in an `input` with a fixed id, holding no executor meanwhile. The answer
 * is no proof: administrators can always give it, so the verifier decides.
 */
export function jenkinsGate(gate: Gate): GateFile {
  const lines = ['set -eu', ...commitLines(), ...verifyLines(gate), gate.deploy];
  const text = `// Deploys only what people have signed. Written by “signoff gate jenkins”; add your own stages before the last.
pipeline {
  agent none
  options {
    disableConcurrentBuilds()
  }
  stages {
    stage('Deploy') {
      agent any
      options {
        timeout(time: 7, unit: 'DAYS')
      }
      input {
        message ${groovyText(`Waits for the sign-off of ${gate.model} for ${gate.environment}`)}
        id '${JENKINS_INPUT}'
        parameters {
          string(name: 'SIGNOFF_COMMIT', defaultValue: '', description: 'Commit that holds the approvals')
        }
      }
      steps {
        checkout scm
        sh ${groovyText(lines.join('\n'))}
      }
    }
  }
}
`;
  return { path: 'Jenkinsfile', text };
}

/** A Groovy text in single quotes, in which nothing is interpolated; over several lines where it has several. */
function groovyText(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\r', '\\r');
  return escaped.includes('\n') ? `'''${escaped}\n'''` : `'${escaped}'`;
}
