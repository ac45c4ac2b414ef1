import { openDemoProject } from './demo-project.ts';

/** Started as a process of its own: signs once, and ends itself (kill -9) after the step that it is told. */
const [folder = '', keys = '', name = '', decision = 'approve', killAfter = ''] = process.argv.slice(2);
const project = openDemoProject(folder, keys);
const afterStep = (step: string) => {
  if (step === killAfter) process.kill(process.pid, 'SIGKILL');
};
const now = new Date();
const result =
  decision === 'revoke'
    ? await project.revoke(name as 'ana', { now }, afterStep)
    : await project.signOff(name as 'ana', { now, decision: decision as 'approve' }, afterStep);
if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.message}`);
