import { openDemoProject } from './demo-project.ts';

/** Started as a process of its own, to be killed: signs run after run and says so, until it is told the last one. */
const [folder = '', keys = '', first = '0', last = '0'] = process.argv.slice(2);
for (let index = Number(first); index <= Number(last); index++) {
  process.stdout.write(`start ${index}\n`);
  const result = await openDemoProject(folder, keys, `run-${index}`).signOff('ana', { now: new Date() });
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.message}`);
  process.stdout.write(`done ${index}\n`);
}
