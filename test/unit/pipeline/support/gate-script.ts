import { parse } from 'yaml';
import type { GateSystem } from '../../../../src/pipeline/gates/gate.ts';

/** What a gate's system hands to its shell. */
export function scriptOf(system: GateSystem, text: string): string {
  if (system === 'shell') return text;
  if (system === 'jenkins') {
    const [, quoted = ''] = /sh '''(.*)'''/s.exec(text) ?? [];
    return quoted.replaceAll(/\\(.)/gs, '$1');
  }
  const content = parse(text);
  if (system === 'github') return content.jobs.deploy.steps[2].run;
  if (system === 'gitlab') return content.deploy.script[0];
  if (system === 'kubeflow') return content.implementation.container.command[2];
  return content.spec.templates[2].container.command[2];
}
