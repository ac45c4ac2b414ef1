// Lists the file store that is named, prints how long it took and how much memory the process needed, and how long again.
import { setTimeout } from 'node:timers/promises';
import { openMlflowFiles } from '../../src/runs/mlflow-files.ts';

const opened = await openMlflowFiles({ folder: process.argv[2] ?? '', location: 'mlruns' });
if (!opened.ok) throw new Error(opened.problem.message);
const start = performance.now();
const { value, problems } = await opened.value.list();
const milliseconds = performance.now() - start;
const kilobytes = process.resourceUsage().maxRSS;
if (!value?.length || problems.length > 0) throw new Error(problems[0]?.message ?? 'No runs were found');
// Clocks of file systems tick as rarely as every two seconds: what is younger proves nothing.
await setTimeout(2500);
const startAgain = performance.now();
await opened.value.list();
const again = performance.now() - startAgain;
console.log(JSON.stringify({ milliseconds, kilobytes, again }));
