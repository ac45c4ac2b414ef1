import { fail, type Problem, type Result, succeed } from '../base/result.ts';
import { countOf } from '../base/text.ts';
import { isGitlab } from './gitlab.ts';
import { comparePoints, MOST_POINTS } from './metric-values.ts';
import { askMlflow, forEach, type MlflowServer, missingRun, noMlflow, readPages, searchMlflow } from './mlflow-api.ts';
import { field, optionalText, type Sent, shortened, understood } from './mlflow-json.ts';
import { readExperiment, readPoint, readRunId, readServerRun, type ServerRun } from './mlflow-server-rows.ts';
import type { ReadRunsOptions } from './open-runs.ts';
import type { MetricPoint } from './run.ts';

/** Experiment id → name. */
export type Experiments = ReadonlyMap<string, string>;

const MOST_EXPERIMENTS = 100_000;
const MOST_RUNS = 200_000;
const RUNS_A_PAGE = 1000;
const POINTS_A_PAGE = 10_000;
/** Of so many experiments at once are runs searched: their ids stand in one request. */
const EXPERIMENTS_AT_ONCE = 200;

/** Experiments that are not deleted; only the one of that name, or else of that id, when one is asked for. */
export async function readExperiments(
  server: MlflowServer,
  wanted: string | undefined,
  options: ReadRunsOptions,
): Promise<Result<Experiments>> {
  if (wanted !== undefined) return readOneExperiment(server, wanted, options);
  const common = { items: 'experiments', read: readExperiment, mostItems: MOST_EXPERIMENTS, what: 'the experiments' };
  const searched = await readPages({
    ...common,
    ask: (page_token) =>
      searchMlflow(
        server,
        'mlflow/experiments/search',
        { max_results: 1000, view_type: 'ACTIVE_ONLY', page_token },
        options,
      ),
  });
  if (!searched.ok) return searched;
  // Before MLflow 1.28 experiments could only be listed.
  const listed =
    searched.value === undefined
      ? await readPages({
          ...common,
          ask: (page_token) => askMlflow(server, 'mlflow/experiments/list', { page_token }, options),
        })
      : searched;
  if (!listed.ok) return listed;
  if (listed.value === undefined) return noMlflow(server);
  return succeed(
    new Map(listed.value.filter(({ lifecycle }) => lifecycle === 'active').map(({ id, name }) => [id, name])),
  );
}

async function readOneExperiment(
  server: MlflowServer,
  wanted: string,
  options: ReadRunsOptions,
): Promise<Result<Experiments>> {
  const questions = [
    { path: 'mlflow/experiments/get-by-name', query: { experiment_name: wanted }, same: 'name' },
    { path: 'mlflow/experiments/get', query: { experiment_id: wanted }, same: 'id' },
  ] as const;
  for (const { path, query, same } of questions) {
    // Servers refuse an id that is no number as malformed.
    if (same === 'id' && !/^\d+$/.test(wanted)) continue;
    const answer = await askMlflow(server, path, query, options);
    if (!answer.ok) return answer;
    const { value } = answer;
    if (value.kind === 'no such endpoint') return noMlflow(server);
    if (value.kind === 'no such thing') continue;
    const read = understood(() => readExperiment(field(value.sent, 'experiment')), `The experiment “${wanted}”`);
    if (!read.ok) return read;
    if (read.value.lifecycle === 'active' && read.value[same] === wanted) {
      return succeed(new Map([[read.value.id, read.value.name]]));
    }
  }
  return fail(
    'experiment-missing',
    `There is no experiment “${shortened(wanted)}” on the MLflow server “${server.base}”.`,
  );
}

export interface FoundRuns {
  readonly runs: readonly ServerRun[];
  /** Of runs that are left out. */
  readonly problems: readonly Problem[];
}

/** Every run of the experiments that is not deleted. */
export async function searchRuns(
  server: MlflowServer,
  experiments: Experiments,
  options: ReadRunsOptions,
): Promise<Result<FoundRuns>> {
  const runs = new Map<string, ServerRun>();
  const problems: Problem[] = [];
  // GitLab answers for the first experiment of a search alone, and does not say so.
  for (const experiment_ids of chunksOf([...experiments.keys()], isGitlab(server) ? 1 : EXPERIMENTS_AT_ONCE)) {
    const before = runs.size;
    const found = await readPages({
      ask: (page_token) =>
        searchMlflow(
          server,
          'mlflow/runs/search',
          { experiment_ids, max_results: RUNS_A_PAGE, run_view_type: 'ACTIVE_ONLY', page_token },
          options,
        ),
      items: 'runs',
      read: readListedRun,
      mostItems: MOST_RUNS,
      what: 'the runs',
      reportCount: (count) => options.reportProgress?.({ message: `Listing runs: ${countOf(before + count, 'run')}` }),
    });
    if (!found.ok) return found;
    if (found.value === undefined) return noMlflow(server);
    for (const run of found.value) {
      if (!run.ok) problems.push({ ...run.problem, severity: 'warning' });
      // Pages shift while runs are added, so that one may come twice; the later page is the newer word.
      else if (run.value.lifecycle === 'active' && experiments.has(run.value.experimentId)) {
        runs.set(run.value.summary.id, run.value);
      }
    }
  }
  return succeed({ runs: [...runs.values()], problems });
}

function readListedRun(sent: Sent): Result<ServerRun> {
  const id = understood(() => readRunId(sent), 'A run of the server');
  return id.ok ? understood(() => readServerRun(sent), `The run “${shortened(id.value)}”`) : id;
}

/** One run, unless it is deleted, and the name of its experiment. */
export async function readOneRun(
  server: MlflowServer,
  id: string,
  experiment: string | undefined,
  options: ReadRunsOptions,
): Promise<Result<{ readonly run: ServerRun; readonly experiment: string }>> {
  const missing = missingRun(id, server.base, experiment);
  const answer = await askMlflow(server, 'mlflow/runs/get', { run_id: id, run_uuid: id }, options);
  if (!answer.ok) return answer;
  const { value } = answer;
  if (value.kind === 'no such endpoint') return noMlflow(server);
  if (value.kind === 'no such thing') return missing;
  const run = understood(() => readServerRun(field(value.sent, 'run')), `The run “${shortened(id)}”`);
  if (!run.ok) return run;
  if (run.value.summary.id !== id) {
    return fail(
      'run-source-unreadable',
      `The server gives another run than the “${shortened(id)}” that was asked for.`,
    );
  }
  if (run.value.lifecycle === 'deleted') return missing;
  const name = await nameOfExperiment(server, run.value.experimentId, options);
  if (!name.ok) return name;
  const { experimentId } = run.value;
  if (name.value === undefined) return missing;
  if (experiment !== undefined && name.value !== experiment) {
    // A number may be the id of this experiment, unless another one has it as its name.
    const meant = await readOneExperiment(server, experiment, options);
    if (!meant.ok) return meant;
    if (!meant.value.has(experimentId)) return missing;
  }
  return succeed({ run: run.value, experiment: name.value });
}

/** Undefined when the experiment is deleted. */
async function nameOfExperiment(
  server: MlflowServer,
  id: string,
  options: ReadRunsOptions,
): Promise<Result<string | undefined>> {
  const answer = await askMlflow(server, 'mlflow/experiments/get', { experiment_id: id }, options);
  if (!answer.ok) return answer;
  const { value } = answer;
  if (value.kind === 'no such endpoint') return noMlflow(server);
  if (value.kind === 'no such thing') return succeed(undefined);
  const read = understood(() => readExperiment(field(value.sent, 'experiment')), `The experiment “${shortened(id)}”`);
  if (!read.ok) return read;
  return succeed(read.value.lifecycle === 'active' ? read.value.name : undefined);
}

/** Every point of each of the run’s metrics. */
export async function readHistories(
  server: MlflowServer,
  { summary: { id, metrics } }: ServerRun,
  options: ReadRunsOptions,
): Promise<Result<Map<string, MetricPoint[]>>> {
  let done = 0;
  let count = 0;
  const histories = await forEach([...metrics], async ([name, latest]): Promise<Result<[string, MetricPoint[]]>> => {
    const points = await readHistory(server, { id, name, latest }, options);
    if (!points.ok) return points;
    count += points.value.length;
    if (count > MOST_POINTS) {
      return fail('run-source-unreadable', `The run has more than the ${MOST_POINTS} values that are read of one.`);
    }
    points.value.sort(comparePoints);
    // A list that lacks the point that the run itself names is a part: it can’t be judged.
    if (!points.value.some((point) => comparePoints(point, latest) === 0)) {
      return fail(
        'run-source-unreadable',
        `The server’s history of the metric “${shortened(name)}” lacks its latest value; try again, or ask who runs it.`,
      );
    }
    done += 1;
    options.reportProgress?.({ message: `Reading metrics: ${done} of ${metrics.size}`, fraction: done / metrics.size });
    return succeed([name, points.value]);
  });
  return histories.ok ? succeed(new Map(histories.value)) : histories;
}

/**
 * Servers differ. Old ones give every point, and take a number of points as leave to cut the rest off without a word;
 * some of 3.x, asked without a number, give none and a token that leads nowhere. So the number is given only after a
 * token without points.
 */
async function readHistory(
  server: MlflowServer,
  { id, name, latest }: { readonly id: string; readonly name: string; readonly latest: MetricPoint },
  options: ReadRunsOptions,
): Promise<Result<MetricPoint[]>> {
  const query = { run_id: id, run_uuid: id, metric_key: name };
  const what = `the history of the metric “${shortened(name)}”`;
  const path = 'mlflow/metrics/get-history';
  const first = await askMlflow(server, path, query, options);
  if (!first.ok) return first;
  const { value } = first;
  // GitLab learnt histories late. One point is no history: what needs several can't be judged.
  if (value.kind === 'no such endpoint' && isGitlab(server)) return succeed([latest]);
  if (value.kind !== 'found') {
    return fail('run-source-unreadable', `The server does not give ${what}; a newer one is needed.`);
  }
  const bare = understood(
    () => field(value.sent, 'metrics').json == null && optionalText(field(value.sent, 'next_page_token')),
    `What the server says about ${what}`,
  );
  if (!bare.ok) return bare;
  const size = bare.value ? { max_results: String(POINTS_A_PAGE) } : {};
  const found = await readPages({
    ask: (page_token) =>
      page_token === undefined && !bare.value
        ? Promise.resolve(first)
        : askMlflow(server, path, { ...query, ...size, page_token }, options),
    items: 'metrics',
    read: readPoint,
    mostItems: MOST_POINTS,
    what,
  });
  if (!found.ok) return found;
  return succeed(found.value ?? []);
}

function* chunksOf<Item>(items: readonly Item[], size: number): Generator<Item[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
