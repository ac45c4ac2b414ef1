import { argoGate } from './argo-gate.ts';
import type { Gate, GateFile, GateSystem } from './gate.ts';
import { githubGate } from './github-gate.ts';
import { gitlabGate } from './gitlab-gate.ts';
import { jenkinsGate } from './jenkins-gate.ts';
import { kubeflowGate } from './kubeflow-gate.ts';
import { shellGate } from './shell-gate.ts';

const WRITERS: Readonly<Record<GateSystem, (gate: Gate) => GateFile>> = {
  github: githubGate,
  gitlab: gitlabGate,
  jenkins: jenkinsGate,
  kubeflow: kubeflowGate,
  argo: argoGate,
  shell: shellGate,
};

/** The step of a pipeline that runs the pinned verifier with an anchor, and deploys only on exit code 0. */
export function writeGate(system: GateSystem, gate: Gate): GateFile {
  return WRITERS[system](gate);
}
