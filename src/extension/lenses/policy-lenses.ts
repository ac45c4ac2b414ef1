import type { Outcome } from '../../checks/outcome.ts';
import type { PolicySymbol } from '../../policy/language/symbols.ts';
import { intervalInWords, STATUS_WORDS } from '../../report/outcome-words.ts';
import { standingOf, statusWord } from '../../report/status.ts';
import { COMMANDS, INTERNAL_COMMANDS } from '../ids.ts';
import { outcomesOf, type Snapshot } from '../state/snapshot.ts';
import { t } from '../translation.ts';
import { numbersInWords } from '../views/outcome-figures.ts';
import { visibleBesideIcons } from '../visible-text.ts';
import type { Lens } from './lens.ts';
import { verdictLenses } from './verdict-lenses.ts';

/**
 * What stands in a policy: the verdict above its first line, and above each check how it stands, why, and how it stood on
 * earlier runs. `symbols` are those of the text as it is now; outcomes are of the policy as it was saved last.
 */
export function policyLenses(symbols: readonly PolicySymbol[], snapshot: Snapshot): readonly Lens[] {
  const outcomes = new Map(outcomesOf(snapshot).map((outcome) => [outcome.id, outcome]));
  if (outcomes.size === 0) return [];
  const checks = checksAmong(symbols);
  return [
    ...verdictLenses(snapshot),
    ...checks.flatMap(({ name, selection }) => {
      const outcome = outcomes.get(name);
      return outcome === undefined ? [] : checkLenses(outcome, selection.offset);
    }),
  ];
}

function checksAmong(symbols: readonly PolicySymbol[]): readonly PolicySymbol[] {
  return symbols.flatMap((symbol) => (symbol.kind === 'check' ? [symbol] : checksAmong(symbol.children)));
}

function checkLenses(outcome: Outcome, offset: number): readonly Lens[] {
  const { id, interval, message } = outcome;
  const standing = standingOf(outcome);
  const figures = [numbersInWords(outcome), intervalInWords(interval)].filter((text) => text !== '').join('  ');
  const words = [`${STATUS_WORDS[standing].symbol} ${statusWord(standing, t)}`, figures].filter(Boolean).join('  ');
  return [
    {
      offset,
      words: visibleBesideIcons(words),
      tooltip: visibleBesideIcons(message),
      command: { id: INTERNAL_COMMANDS.showInChecklist, arguments: [id] },
    },
    { offset, words: t('Why'), command: { id: COMMANDS.explain, arguments: [id] } },
    { offset, words: t('History'), command: { id: COMMANDS.checkHistory, arguments: [id] } },
  ];
}
