import { openDemoProject } from './demo-project.ts';

/** Started as a process of its own: signs off once, and ends itself (kill -9) after the step that it is told. */
const [folder = '', keys = '', name = '', decision = 'approve', killAfter = ''] = process.argv.slice(2);
const project = openDemoProject(folder, keys);
const result = await project.signOff(name as 'ana', { now: new Date(), decision: decision as 'approve' }, (step) => {
  if (step === killAfter) process.kill(process.pid, 'SIGKILL');
});
if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.message}`);
process.stdout.write(JSON.stringify({ already: result.value.already, quorumComplete: result.value.quorumComplete }));
