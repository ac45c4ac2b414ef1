import { isMap } from 'yaml';
import { freeId, loggedCheckLines, uncheckedMetrics } from '../completion/new-checks.ts';
import { namesIn } from '../sketch.ts';
import { insertLines } from '../text-edits.ts';
import { entriesOf, entryAt, pathAround, placeAt } from '../tree.ts';
import { valueText } from '../value-words.ts';
import type { ActionContext, CodeAction } from './code-action.ts';

const MOST_OFFERED = 5;

/** At `checks` or the name of a check: a check for each logged metric that none looks at. */
export function newCheckActions({ document, known, range }: ActionContext): readonly CodeAction[] {
  const place = placeAt(document, range.offset);
  const path = place?.path ?? pathAround(document, range.offset);
  const isHere =
    path[0] === 'checks' && (place === undefined ? path.length === 1 : place.part === 'key' && path.length <= 2);
  const checks = entryAt(document, ['checks'])?.value;
  if (!isHere || !isMap(checks) || checks.flow === true) return [];
  const entries = entriesOf(checks, ['checks']);
  const after = entries.find((entry) => entry.path[1] === path[1]) ?? entries.at(-1);
  if (after === undefined) return [];
  const ids = new Set(namesIn(document.plain, ['checks']));
  return uncheckedMetrics(document.plain, known)
    .slice(0, MOST_OFFERED)
    .map(({ name, value }) => {
      const edit = insertLines(document, after, loggedCheckLines(name, value, freeId(name, ids)));
      return {
        title: `Add a check for the logged metric "${name}" (${valueText(value)} now)`,
        ...{ kind: 'rewrite', preference: 'offered' },
        edits: [{ ...edit, as: 'text' }],
      };
    });
}
