import type { Change, OutcomeComparison } from '../../../checks/comparison/compare-outcomes.ts';
import type { Policy } from '../../../policy/schema.ts';
import { asTable } from '../../../report/document/tables.ts';
import { dayAndTime } from '../../../report/document/times.ts';
import type { ComparedRun, RunComparison } from '../../engine/compare.ts';
import type { PanelDocument } from '../../protocol.ts';
import { t } from '../../translation.ts';
import { visible } from '../../visible-text.ts';
import type { PanelContent } from '../document-panel.ts';
import { withPictures } from '../picture-sections.ts';
import { checkComparisonTable, groupComparisonTable } from './check-comparison.ts';
import { loggedTable } from './logged-comparison.ts';
import { pairTables } from './pair-tables.ts';

/** Two runs side by side: what the policy asks of them first, regressions before all; then everything else that differs. */
export function comparisonContent(
  comparison: RunComparison,
  policy: Policy,
  inForceIn: string | undefined,
): PanelContent {
  const { first, second, checks } = comparison;
  const names = namesOf(first, second);
  const document: PanelDocument = {
    title: t('{0} beside {1}', visible(first.name), visible(second.name)),
    subtitle:
      inForceIn === undefined
        ? visible(policy.model)
        : t('{0} · the second run is in force in {1}', visible(policy.model), visible(inForceIn)),
    verdict: verdictOf(checks),
    facts: [
      ...runFacts(t('First: {0}', visible(first.name)), first),
      ...runFacts(t('Second: {0}', visible(second.name)), second),
    ],
    tables: [
      checkComparisonTable(checks, names),
      ...[
        ...groupComparisonTable(checks, names),
        ...loggedTable(first, second, { policy, names }),
        ...pairTables(comparison, names),
      ].map(asTable),
    ],
    filter: t('Only what differs'),
    actions: [
      { action: 'openMetrics', label: t('Metrics'), appearance: 'secondary' },
      { action: 'openReport', label: t('Report'), appearance: 'secondary' },
    ],
    footnotes: [t('Nothing here decides: only the checklist’s bounds say what must hold.')],
  };
  const sections = comparison.pictures.map((section) => ({
    ...section,
    id: 'differences',
    title: t('Differences'),
    pictures: section.pictures.map((picture) => ({
      ...picture,
      title: t('How much worse the first run is, metric by metric'),
      sentence: countSentence(checks),
    })),
  }));
  return withPictures(document, sections);
}

/** Columns are told apart by their runs' names, or where those are alike by ids. */
function namesOf(first: ComparedRun, second: ComparedRun): { readonly first: string; readonly second: string } {
  const nameOf = (run: ComparedRun): string =>
    visible(first.name === second.name ? `${run.name} ${run.id.slice(0, 8)}` : run.name);
  return { first: nameOf(first), second: nameOf(second) };
}

function runFacts(title: string, { id, startTime, modelId }: ComparedRun): PanelDocument['facts'] {
  const started = startTime === undefined ? '' : ` · ${dayAndTime(startTime)}`;
  const model = modelId === undefined ? t('no model files') : `${modelId.slice(0, 16)}…`;
  return [{ name: title, value: t('{0}{1} · model {2}', visible(id), started, model) }];
}

function verdictOf(checks: readonly OutcomeComparison[]): NonNullable<PanelDocument['verdict']> {
  const lost = checks.filter(({ passing }) => passing === 'only the second').length;
  if (lost > 0) {
    return {
      text: t('The first run does not hold {0} that the second holds', checksInWords(lost)),
      tone: 'bad',
      symbol: '✗',
    };
  }
  const isWorse = checks.some(({ change }) => change === 'worse');
  return { text: countSentence(checks), tone: isWorse ? 'warning' : 'good', symbol: isWorse ? '▼' : '✓' };
}

function checksInWords(count: number): string {
  return count === 1 ? t('1 check') : t('{0} checks', count);
}

function countSentence(checks: readonly OutcomeComparison[]): string {
  const count = (change: Change): number => checks.filter((check) => check.change === change).length;
  return t(
    '{0} worse, {1} unclear, {2} better, {3} alike',
    count('worse'),
    count('unclear'),
    count('better'),
    count('same'),
  );
}
