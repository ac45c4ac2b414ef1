import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fail, type Result, succeed } from '../../base/result.ts';
import { hasShape } from '../../base/shape/issues-of.ts';
import type { PolicyFacts } from '../../policy/language/facts.ts';
import { checkAt, datasetAt, namesIn, textAt } from '../../policy/language/sketch.ts';
import { examinePolicy } from '../../policy/parse.ts';
import { RunSourcePolicy as RunSourceSchema } from '../../policy/schema/run.ts';
import { NAME_PATTERN } from '../../policy/schema/words.ts';
import type { PlainObject } from '../../policy/yaml/to-plain.ts';
import { newestFinishedRun } from '../../runs/newest-finished-run.ts';
import type { Run, RunSummary } from '../../runs/run.ts';
import { signerFacts } from './facts/signer-facts.ts';
import { tableFacts } from './facts/table-facts.ts';
import { trustedPolicy } from './facts/trusted-policy.ts';
import { earlierRuns, looksAtLogged, valueHistory } from './facts/value-history.ts';
import { newestLook } from './newest-look.ts';
import { type LentRuns, openRunsCache } from './open-runs-cache.ts';
import type { OperationContext, Trust } from './operation-context.ts';

export interface PolicyFactsInput {
  /** Absolute. */
  readonly policyFile: string;
  /** The run in the checklist; the newest finished one when undefined. */
  readonly run: string | undefined;
  readonly trust: Trust;
}

export interface PolicyFactsReply {
  readonly facts: Omit<PolicyFacts, 'assessed'>;
  /** The policy that was last assessed, and the digest of what came out; the editor has the outcomes themselves. */
  readonly assessed: { readonly policyText: string; readonly digest: string } | undefined;
}

/** More runs than these are not offered for `against`. */
const MOST_RUNS = 500;

/** What the policy's language service wants to know, gathered from what lies around the policy, broken as it may be. */
export async function policyFacts(
  input: PolicyFactsInput,
  context: OperationContext,
): Promise<Result<PolicyFactsReply>> {
  const { policyFile, trust } = input;
  const { signal } = context;
  const text = await readFile(policyFile, 'utf8').catch(() => undefined);
  if (text === undefined) return fail('policy-unreadable', 'The policy can’t be read.');
  const plain = (examinePolicy(text, basename(policyFile)).sketch.plain ?? Object.create(null)) as PlainObject;
  const folder = dirname(policyFile);
  const signersFile = join(folder, '.signoff', 'allowed_signers');
  const known = await runsAround(plain, input, context);
  const run = known?.run;
  const places = { run: run ?? NO_RUN, policyFolder: folder };
  const facts: PolicyFactsReply['facts'] = {
    tables: await tableFacts(tablePaths(plain), places, signal),
    run: run && { id: run.id, name: run.name, metrics: metricsOf(run) },
    runs: known && {
      known: known.runs.slice(0, MOST_RUNS).map(({ id, name }) => ({ id, name })),
      complete: known.complete && known.runs.length <= MOST_RUNS,
    },
    signers: await signerFacts(signersFile, Date.now()),
    signersFile,
    history: known ? await valueHistory(plain, known.earlier, known.logged, assessmentsFolder(plain, folder)) : {},
    trusted: trust === 'trusted' ? await trustedPolicy(policyFile, signal) : undefined,
  };
  const look = newestLook(policyFile);
  const assessed = look && {
    policyText: Buffer.from(look.assessed.policyBytes).toString('utf8'),
    digest: look.digest,
  };
  return succeed({ facts, assessed });
}

const NO_RUN = { artifactFolder: undefined, models: [] } as const;

interface RunsAround {
  readonly runs: readonly RunSummary[];
  readonly complete: boolean;
  readonly run: Run | undefined;
  /** The runs before it, oldest first, and what they logged. */
  readonly earlier: readonly RunSummary[];
  readonly logged: ReadonlyMap<string, RunSummary['metrics']>;
}

async function runsAround(
  plain: PlainObject,
  { policyFile, run: wanted, trust }: PolicyFactsInput,
  { signal, surroundings }: OperationContext,
): Promise<RunsAround | undefined> {
  const source = plain['run'];
  if (!hasShape(RunSourceSchema, source)) return undefined;
  const look = newestLook(policyFile);
  const read = async (lent: LentRuns): Promise<RunsAround | undefined> => {
    const { value: runs, problems } = await lent.list({ signal });
    if (runs === undefined) return undefined;
    const id = runs.some((each) => each.id === wanted) ? wanted : newestFinishedRun(runs)?.id;
    // A run of another experiment can be compared with, too, and is not listed.
    const complete = problems.length === 0 && !('experiment' in source);
    // What was assessed has its artifacts on this machine, wherever they came from.
    const loaded =
      look?.assessed.run.id === id ? { ok: true as const, value: look?.assessed.run } : await loadRun(lent, id, signal);
    const run = loaded.ok ? loaded.value : undefined;
    const earlier = run === undefined ? [] : earlierRuns(runs, run.id);
    // A server would be asked once for each of them.
    const isNear = lent.runs.source.kind !== 'mlflow-server' && looksAtLogged(plain);
    const logged = new Map<string, RunSummary['metrics']>();
    for (const each of isNear ? earlier : []) {
      const found = await loadRun(lent, each.id, signal);
      if (found.ok && found.value !== undefined) logged.set(each.id, found.value.metrics);
    }
    return { runs, complete, run, earlier, logged };
  };
  const reading = { kind: 'changes', paths: [] } as const;
  const lent = await openRunsCache.lend({ policyFile, source, trust, surroundings }, reading, read);
  return lent.ok ? lent.value : undefined;
}

async function loadRun(
  { runs }: LentRuns,
  id: string | undefined,
  signal: AbortSignal,
): Promise<Result<Run | undefined>> {
  return id === undefined ? succeed(undefined) : runs.load(id, { signal });
}

/** Paths in the policy that may be tables: of data sets, and of measurements. */
function tablePaths(plain: PlainObject): readonly string[] {
  const datasets = namesIn(plain, ['datasets']).map((name) => textAt(datasetAt(plain, name), 'path'));
  const checks = namesIn(plain, ['checks']).map((id) => {
    const check = checkAt(plain, id);
    return textAt(check, 'check') === 'operations' ? textAt(check, 'path') : undefined;
  });
  return [...datasets, ...checks].filter((path) => path !== undefined);
}

function metricsOf(run: Run): NonNullable<PolicyFacts['run']>['metrics'] {
  return [...run.metrics]
    .map(([name, { value }]) => ({ name, value }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** A model's name may become a part of a path only where it is a name. */
function assessmentsFolder(plain: PlainObject, folder: string): string {
  const model = textAt(plain, 'model') ?? '';
  return resolve(folder, '.signoff', 'assessments', NAME_PATTERN.test(model) ? model : 'none');
}
