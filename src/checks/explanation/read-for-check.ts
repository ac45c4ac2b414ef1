import { type Result, succeed } from '../../base/result.ts';
import type { Explanation, ExplanationHints } from '../../evidence/explanations/explanation.ts';
import type { LimeExplanation } from '../../evidence/explanations/lime.ts';
import { type ReadExplanation, readLimeFile, readShap } from '../../evidence/explanations/read-explanation.ts';
import { readMlmodel } from '../../evidence/mlmodel.ts';
import { findModelFolder } from '../../evidence/model-files.ts';
import { meanAbsolute } from '../../metrics/explanation/importance.ts';
import type { ExplanationCheck } from '../../policy/schema.ts';
import type { Run } from '../../runs/run.ts';
import type { CheckContext } from '../check-context.ts';
import { keepLast } from '../keep-last.ts';
import { chooseOutput, explainedClass } from './choose-output.ts';
import type { FeatureImportance } from './importance-parts.ts';

/** What the check's file says, of one run. */
export type FoundExplanation =
  | { readonly method: 'shap'; readonly explanation: Explanation }
  | { readonly method: 'lime'; readonly explanation: LimeExplanation };

/** Reads the check's file among a run's artifacts: of the run that is checked, or of the model compared with. */
export function readExplanation(
  check: ExplanationCheck,
  context: CheckContext,
  run: Run,
): Promise<Result<ReadExplanation<FoundExplanation>>> {
  if (run !== context.run) return readAnew(check, context, run);
  return keepLast(context, check, () => readAnew(check, context, run));
}

async function readAnew(
  check: ExplanationCheck,
  context: CheckContext,
  run: Run,
): Promise<Result<ReadExplanation<FoundExplanation>>> {
  const options = { run, policyFolder: context.policyFolder, signal: context.signal };
  if (check.method === 'lime') {
    const explained = explainedClass(check, context.policy);
    const label =
      explained === undefined ? undefined : String(Number.isNaN(Number(explained)) ? explained : Number(explained));
    const outputs = context.policy.task === 'multiclass' ? 'more' : 'two';
    const read = await readLimeFile(check.values, { columns: check.columns, label, outputs }, options);
    if (!read.ok) return read;
    return succeed({ ...read.value, explanation: { method: 'lime', explanation: read.value.explanation } });
  }
  const hints: ExplanationHints = {
    columns: check.columns,
    signature: check.columns === undefined ? await signatureNames(context, run) : undefined,
    key: keyOf(check, context),
    chooseOutput: (outputs, names) => chooseOutput(check, context.policy, outputs, names),
  };
  const read = await readShap(check.values, hints, options);
  if (!read.ok) return read;
  return succeed({ ...read.value, explanation: { method: 'shap', explanation: read.value.explanation } });
}

/** The mean size of each feature's values over the explained rows. */
export function importanceOf(found: FoundExplanation): FeatureImportance {
  if (found.method === 'lime') return limeImportance(found.explanation);
  const { explanation } = found;
  const { features, setAside } = explanation;
  const known = { features, setAside, isPartial: false };
  if (explanation.kind === 'importances') return { ...known, values: explanation.values, rows: null };
  return { ...known, values: meanAbsolute(explanation.values, explanation.featureCount), rows: explanation.rows };
}

/** A feature that a row's list leaves out has no weight there; several conditions on one feature add up. */
function limeImportance({ rows, features, namesAll, unnamed }: LimeExplanation): FeatureImportance {
  const places = new Map(features.map((feature, index) => [feature, index]));
  const values = new Float64Array(features.length);
  for (const { weights } of rows) {
    for (const { feature, weight } of weights) {
      const place = places.get(feature) as number;
      values[place] = (values[place] as number) + Math.abs(weight) / rows.length;
    }
  }
  const isPartial =
    !namesAll && rows.some(({ weights }) => new Set(weights.map(({ feature }) => feature)).size < features.length);
  return { features: unnamed > 0 ? undefined : features, values, rows: rows.length, setAside: [], isPartial };
}

/** Names of the model's inputs, in their order; undefined where the model does not say. */
export async function signatureNames(context: CheckContext, run: Run): Promise<readonly string[] | undefined> {
  const { policy, policyFolder, signal } = context;
  const folder = await findModelFolder(policy.run.artifact, { run, policyFolder });
  if (!folder.ok) return undefined;
  const mlmodel = await readMlmodel(folder.value, policyFolder, signal);
  const names = mlmodel.ok ? mlmodel.value.inputs?.map(({ name }) => name) : undefined;
  return names?.every((name) => name !== undefined) ? names : undefined;
}

function keyOf({ dataset }: ExplanationCheck, { policy }: CheckContext): string | undefined {
  return dataset !== undefined && Object.hasOwn(policy.datasets, dataset) ? policy.datasets[dataset]?.key : undefined;
}
