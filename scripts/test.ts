// `npm test`: every suite, or the named ones (`npm test -- unit host`). The last line sums up all of them.
import { runHostTests } from '../test/host/run.ts';
import { build } from './build.mjs';
import { filesMatching } from './lib/files.ts';
import { runNodeTests } from './lib/node-tests.ts';
import { runStaticChecks } from './lib/static-checks.ts';
import { lastLine, sum, type Tally } from './lib/tally.ts';

interface Suite {
  readonly name: string;
  readonly run: () => Tally | Promise<Tally>;
  /** Whether it runs what stands in dist/. */
  readonly needsBuild?: true;
}

const buildSuite: Suite = { name: 'build', run: runBuild };

const suites: readonly Suite[] = [
  { name: 'lint', run: runStaticChecks },
  { name: 'layering', run: () => runNodeTests(filesMatching('test/layering.test.ts')) },
  buildSuite,
  { name: 'unit', run: () => runNodeTests(filesMatching('test/unit/**/*.test.ts')), needsBuild: true },
  { name: 'attacks', run: () => runNodeTests(filesMatching('test/attacks/*.test.ts')) },
  { name: 'host', run: runHostTests, needsBuild: true },
  { name: 'ui', run: runWalks, needsBuild: true },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(`No suite is called ${unknown.join(', ')}; there are ${suites.map((suite) => suite.name).join(', ')}.`);
  process.exitCode = 2;
} else {
  const total = await runSuites(withBuild(suites.filter(({ name }) => wanted.length === 0 || wanted.includes(name))));
  console.log(lastLine(total));
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
}

function withBuild(selected: readonly Suite[]): readonly Suite[] {
  if (selected.includes(buildSuite) || !selected.some((suite) => suite.needsBuild)) return selected;
  return [buildSuite, ...selected];
}

async function runSuites(selected: readonly Suite[]): Promise<Tally> {
  const results: { name: string; tally: Tally; seconds: number }[] = [];
  for (const { name, run } of selected) {
    console.log(`\n── ${name} ──`);
    const start = performance.now();
    const tally = await tallyOrFailure(run);
    results.push({ name, tally, seconds: (performance.now() - start) / 1000 });
  }
  console.log('');
  for (const { name, tally, seconds } of results) {
    console.log(`${name.padEnd(10)} ${lastLine(tally)}  (${seconds.toFixed(1)} s)`);
  }
  return sum(results.map((result) => result.tally));
}

/** A suite that cannot even run is one failure; the others still run. */
async function tallyOrFailure(run: Suite['run']): Promise<Tally> {
  try {
    return await run();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return { passed: 0, failed: 1 };
  }
}

/** One browser and one VS Code at a time: a person's clicks are slow on two cores as it is. */
function runWalks(): Tally {
  return sum(filesMatching('test/ui/**/*.test.ts').map(walk));
}

/** VS Code drops keys while the machine is busy elsewhere: what fails is walked once more, and the output shows both. */
function walk(file: string): Tally {
  const first = runNodeTests([file]);
  if (first.failed === 0) return first;
  console.log(`\n${file} failed, and is walked once more.`);
  return runNodeTests([file]);
}

async function runBuild(): Promise<Tally> {
  await build();
  console.log('✔ build');
  return { passed: 1, failed: 0 };
}
