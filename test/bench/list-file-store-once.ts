// Lists the file store that is named, prints how long it took and how much memory the process needed, and how long again.
import { setTimeout } from 'node:timers/promises';
import { openMlflowFiles } from '../../src/runs/mlflow-files.ts';
import type { ListOptions, OpenRuns } from '../../src/runs/open-runs.ts';

const opened = await openMlflowFiles({ folder: process.argv[2] ?? '', location: 'mlruns' });
if (!opened.ok) throw new Error(opened.problem.message);
const start = performance.now();
const { value, problems } = await opened.value.list();
const milliseconds = performance.now() - start;
const kilobytes = process.resourceUsage().maxRSS;
if (!value?.length || problems.length > 0) throw new Error(problems[0]?.message ?? 'No runs were found');
// Clocks of file systems tick as rarely as every two seconds: what is younger proves nothing.
await setTimeout(2500);
const again = await timed(opened.value, {});
// As the views ask, which show no metrics of all runs, and a source of its own, which knows nothing yet.
const another = await openMlflowFiles({ folder: process.argv[2] ?? '', location: 'mlruns' });
if (!another.ok) throw new Error(another.problem.message);
const asViews = await timed(another.value, { metrics: 'none' });
console.log(JSON.stringify({ milliseconds, kilobytes, again, asViews }));

async function timed(runs: OpenRuns, options: ListOptions): Promise<number> {
  const start = performance.now();
  const listed = await runs.list(options);
  if (listed.value?.length !== value?.length) throw new Error('Not all runs were listed');
  return performance.now() - start;
}
