import { fail, type Result, succeed } from '../base/result.ts';
import type { Policy } from '../policy/schema.ts';
import type { Run } from '../runs/run.ts';
import type { BaselineModel } from './check-context.ts';
import { datasetTables, type TablesInput } from './dataset-tables.ts';

/** The newest approved other model of an environment, as the approvals have it. */
export interface ApprovedModel {
  readonly runId: string;
  readonly modelId: string;
}

/** What is approved, as far as the assessment of one model needs it. */
export interface ApprovedModels {
  /** Id of the model that this one would replace; null for the first. */
  readonly baseline: string | null;
  /** By environment; no entry where no other model is approved. undefined where nobody can tell. */
  readonly baselines: ReadonlyMap<string, ApprovedModel> | undefined;
}

/** Looks up what is approved; handed in by those who know approvals. `modelId` is null for a run without model files. */
export type FindApproved = (question: {
  readonly policy: Policy;
  readonly modelId: string | null;
}) => Promise<ApprovedModels>;

export interface BaselinesInput extends TablesInput {
  /** By environment; without an entry nothing is approved there. undefined where nobody looked at the approvals. */
  readonly baselines: ReadonlyMap<string, ApprovedModel> | undefined;
  readonly loadRun: ((id: string) => Promise<Result<Run>>) | undefined;
}

const RUN_PREFIX = 'run:';

/** Finds the model that an `against` names, and opens its run. Each is opened once. */
export function openBaselines(input: BaselinesInput): {
  find(against: string): Promise<Result<BaselineModel | undefined>>;
  /** A check is done; what no other check needs is let go. */
  release(checkId: string): void;
} {
  const known = new Map<string, Promise<Result<BaselineModel | undefined>>>();
  const opened: BaselineModel[] = [];

  async function load(runId: string, title: string, modelId: string | null): Promise<Result<BaselineModel>> {
    const whose = modelId === null ? 'The other run' : `The run of ${title}`;
    if (input.loadRun === undefined) return fail('baseline-unknown', `${whose} can't be read here.`);
    const run = await input.loadRun(runId);
    if (!run.ok) return fail(run.problem.code, `${whose}: ${run.problem.message}`);
    const model = { title, modelId, run: run.value, tables: datasetTables({ ...input, run: run.value }) };
    opened.push(model);
    return succeed(model);
  }

  async function open(against: string): Promise<Result<BaselineModel | undefined>> {
    if (against.startsWith(RUN_PREFIX)) {
      const runId = against.slice(RUN_PREFIX.length).trim();
      return load(runId, `run ${runId}`, null);
    }
    // Not knowing what is approved must not look like nothing being approved.
    if (input.baselines === undefined) {
      return fail(
        'baseline-unknown',
        `Which model is approved for ${against} is not known here, so nothing can be compared.`,
      );
    }
    const approved = input.baselines.get(against);
    if (approved === undefined) return succeed(undefined);
    return load(approved.runId, `the model approved for ${against}`, approved.modelId);
  }

  return {
    find(against) {
      const found = known.get(against) ?? open(against);
      known.set(against, found);
      return found;
    },
    release(checkId) {
      for (const { tables } of opened) tables.release(checkId);
    },
  };
}
