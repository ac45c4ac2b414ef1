import type { Result } from '../base/result.ts';
import type { ExplanationCheck } from '../policy/schema.ts';
import { type CheckContext, type Finding, notEvaluable } from './check-context.ts';
import type { LoadedDataset } from './dataset-tables.ts';
import { additivityPart } from './explanation/additivity.ts';
import { type ExplanationPart, partNotEvaluable } from './explanation/explanation-part.ts';
import { fidelityPart } from './explanation/fidelity.ts';
import { type FeatureImportance, forbiddenPart, rankPart, topSharePart } from './explanation/importance-parts.ts';
import { type FoundExplanation, importanceOf, readExplanation, signatureNames } from './explanation/read-for-check.ts';
import type { Bound, EvidenceFile, OutcomeStatus } from './outcome.ts';
import { listedParts } from './parts.ts';

/** From the worst. */
const WORST_FIRST: readonly OutcomeStatus[] = ['fail', 'not_evaluable', 'uncertain', 'pass', 'not_applicable'];

const BOUND_KEYS = ['additivity', 'max_top_share', 'min_rank_correlation', 'min_fidelity'] as const;

/**
 * What SHAP or LIME say about the model: whether the values add up to the prediction (`additivity`), which features
 * were used (`forbidden`), whether one rules alone (`top_share`), whether the ranking of features is that of the model
 * before (`rank`), and whether LIME's local surrogates fit (`fidelity`). Each is a part, and all must hold.
 */
export async function checkExplanation(check: ExplanationCheck, context: CheckContext): Promise<Finding> {
  const bound = explanationBound(check);
  const formula = formulaOf(check);
  const read = await readExplanation(check, context, context.run);
  if (!read.ok) return notEvaluable(read.problem.message, { bound, formula });
  const found = read.value.explanation;
  const importance = importanceOf(found);
  const dataset = await datasetOf(check, context);
  const parts: ExplanationPart[] = [];
  const evidence: EvidenceFile[] = [...read.value.files, ...(dataset?.ok ? dataset.value.evidence : [])];
  if (check.additivity !== undefined) parts.push(additivity(found, check, check.additivity, context, dataset));
  if (check.min_fidelity !== undefined) parts.push(fidelity(found, check.min_fidelity));
  if (check.forbidden !== undefined) {
    parts.push(forbiddenPart(importance, check.forbidden, await signatureNames(context, context.run)));
  }
  if (check.min_rank_correlation !== undefined) {
    const rank = await rankOf(importance, check, check.min_rank_correlation, context);
    parts.push(rank.part);
    evidence.push(...rank.files);
  }
  if (check.max_top_share !== undefined) parts.push(topSharePart(importance, check.max_top_share));
  return joined(parts, bound, { formula, evidence });
}

/** The policy's keys; `forbidden` has no number. */
function explanationBound(check: ExplanationCheck): Bound {
  const entries = BOUND_KEYS.flatMap((key) => {
    const limit = check[key];
    return limit === undefined ? [] : [[key, limit] as const];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : null;
}

function formulaOf({ method, additivity: adds, link }: ExplanationCheck): string {
  return adds === undefined ? method : `${method}/${link ?? 'identity'}`;
}

/** The data set's rows are only needed for what the values must add up to. */
async function datasetOf(check: ExplanationCheck, context: CheckContext): Promise<Result<LoadedDataset> | undefined> {
  return check.dataset === undefined || check.additivity === undefined ? undefined : context.tables.load(check.dataset);
}

function additivity(
  found: FoundExplanation,
  check: ExplanationCheck,
  most: number,
  { policy }: CheckContext,
  dataset: Result<LoadedDataset> | undefined,
): ExplanationPart {
  if (found.method === 'lime') return partNotEvaluable('additivity', 'LIME’s weights do not add up to a prediction.');
  return additivityPart(found.explanation, check, most, policy, dataset);
}

function fidelity(found: FoundExplanation, least: number): ExplanationPart {
  if (found.method === 'shap') return partNotEvaluable('fidelity', 'SHAP has no local surrogates that could fit.');
  return fidelityPart(found.explanation, least);
}

async function rankOf(
  importance: FeatureImportance,
  check: ExplanationCheck,
  least: number,
  context: CheckContext,
): Promise<{ readonly part: ExplanationPart; readonly files: readonly EvidenceFile[] }> {
  const refused = (reason: string) => ({ part: partNotEvaluable('rank', reason, importance.rows), files: [] });
  if (check.against === undefined) return refused('The check does not say in `against` which model to compare with.');
  const baseline = await context.baseline(check.against);
  if (!baseline.ok) return refused(baseline.problem.message);
  if (baseline.value === undefined) {
    const reason = `Nothing is approved for ${check.against} yet: this is the first model, so there is no ranking to compare with.`;
    return { part: { ...refused(reason).part, status: 'not_applicable' }, files: [] };
  }
  const { run, title } = baseline.value;
  const read = await readExplanation(check, context, run);
  if (!read.ok) return refused(`Of ${title}: ${read.problem.message}`);
  const other = { importance: importanceOf(read.value.explanation), title };
  return { part: rankPart(importance, other, least), files: read.value.files };
}

/** The worst part decides; of several, the one with the least margin speaks for the check, ties by name. */
function joined(
  parts: readonly ExplanationPart[],
  bound: Bound,
  known: Pick<Finding, 'formula' | 'evidence'>,
): Finding {
  const status = WORST_FIRST.find((each) => parts.some((part) => part.status === each));
  if (status === undefined) return notEvaluable('The check demands nothing of the explanation.', { bound, ...known });
  const deciding = parts.filter((part) => part.status === status);
  const speaker = deciding.toSorted((a, b) => marginOf(a) - marginOf(b) || (a.name < b.name ? -1 : 1))[0];
  const said = status === 'pass' ? parts.filter((part) => part.status !== 'not_applicable') : deciding;
  const notYet = parts.filter((part) => part.status === 'not_applicable' && status !== 'not_applicable');
  return {
    status,
    value: speaker?.value ?? null,
    bound,
    interval: null,
    rows: speaker?.rows ?? null,
    ...known,
    parts: listedParts(parts),
    message: [...said, ...notYet].map(({ reason }) => reason).join(' '),
  };
}

/** A part without a number has no margin, and leaves the word to one that has. */
function marginOf({ value, limit }: ExplanationPart): number {
  if (value === null || limit === null) return Number.MAX_VALUE;
  return limit.key === 'max' ? limit.value - value : value - limit.value;
}
