// Lists the file store that is named, once, and prints how long it took and how much memory the process needed.
import { openMlflowFiles } from '../../src/runs/mlflow-files.ts';

const opened = await openMlflowFiles({ folder: process.argv[2] ?? '', location: 'mlruns' });
if (!opened.ok) throw new Error(opened.problem.message);
const start = performance.now();
const { value, problems } = await opened.value.list();
const milliseconds = performance.now() - start;
if (!value?.length || problems.length > 0) throw new Error(problems[0]?.message ?? 'No runs were found');
console.log(JSON.stringify({ milliseconds, kilobytes: process.resourceUsage().maxRSS }));
