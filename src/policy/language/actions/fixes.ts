import { isScalar } from 'yaml';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { removeEntry, replacement } from '../text-edits.ts';
import { entriesOf, entryAt, type Place, pathAround, placeAt, rangeOf } from '../tree.ts';
import { yamlNumber, yamlText } from '../yaml-text.ts';
import { addKeyFixes } from './add-key.ts';
import type { ActionContext, CodeAction } from './code-action.ts';

type Fix = (diagnostic: Diagnostic, context: ActionContext) => readonly CodeAction[];

/** What can be done about one remark. */
export function fixesFor(diagnostic: Diagnostic, context: ActionContext): readonly CodeAction[] {
  const { suggestion } = diagnostic;
  const corrected = suggestion === undefined ? [] : [correct(diagnostic, suggestion, context)];
  return [...corrected, ...(FIXES[diagnostic.code]?.(diagnostic, context) ?? []), ...addKeyFixes(diagnostic, context)];
}

function correct(diagnostic: Diagnostic, suggestion: string, { document }: ActionContext): CodeAction {
  const written = document.text.slice(diagnostic.range.offset, diagnostic.range.offset + diagnostic.range.length);
  // A number in place of a number stays one.
  const raw = /^[-+.\d]/u.test(written) && Number.isFinite(Number(suggestion)) && suggestion.trim() !== '';
  const text = raw ? suggestion : yamlText(suggestion);
  return fix(`Change to "${suggestion}"`, diagnostic, [replacement(diagnostic.range, text)], 'preferred');
}

const FIXES: Readonly<Record<string, Fix>> = {
  'no-effect': remove,
  'no-interval': remove,
  'wrong-direction': remove,
  'metric-and-logged': remove,
  'average-and-class': remove,
  'bins-and-every': remove,
  'two-sources': remove,
  'mixed-bounds': remove,
  'duplicate-item': remove,
  'duplicate-person': remove,
  'duplicate-key': removeRepeated,
  'unknown-key': remove,
  'wrong-side': otherSide,
  'min-above-max': swapBounds,
  'bins-not-ascending': sortBins,
  'wrong-type': rewriteScalar,
  'wrong-version': (diagnostic) => [fix('Change to 1', diagnostic, [replacement(diagnostic.range, '1')], 'preferred')],
  'bad-duration': writeDuration,
};

function remove(diagnostic: Diagnostic, { document }: ActionContext): readonly CodeAction[] {
  const place = placeAt(document, diagnostic.range.offset);
  const entry = place && entryAt(document, place.path);
  const edit = entry && removeEntry(document, entry);
  if (place === undefined || edit === undefined) return [];
  const preference = diagnostic.suggestion === undefined ? 'preferred' : 'offered';
  return [fix(`Remove ${nameOf(place, diagnostic, document.text)}`, diagnostic, [edit], preference)];
}

/** Of a key that stands twice, the path leads to the first; the one that is complained about is meant. */
function removeRepeated(diagnostic: Diagnostic, { document }: ActionContext): readonly CodeAction[] {
  const path = pathAround(document, diagnostic.range.offset);
  const parent = path.slice(0, -1);
  const node = parent.length === 0 ? document.tree : entryAt(document, parent)?.value;
  const repeated = entriesOf(node, parent).find(
    ({ key }) => key !== undefined && rangeOf(document, key).offset === diagnostic.range.offset,
  );
  const edit = repeated && removeEntry(document, repeated);
  return edit === undefined ? [] : [fix(`Remove this "${String(path.at(-1))}"`, diagnostic, [edit], 'preferred')];
}

function nameOf({ path, part }: Place, { range }: Diagnostic, text: string): string {
  return part === 'key' ? `"${String(path.at(-1))}"` : text.slice(range.offset, range.offset + range.length);
}

function otherSide(diagnostic: Diagnostic, { document }: ActionContext): readonly CodeAction[] {
  const key = document.text.slice(diagnostic.range.offset, diagnostic.range.offset + diagnostic.range.length);
  const other = key === 'min' ? 'max' : key === 'max' ? 'min' : undefined;
  return other === undefined || !diagnostic.message.includes(`did you mean "${other}"`)
    ? []
    : [fix(`Change "${key}" to "${other}"`, diagnostic, [replacement(diagnostic.range, other)], 'preferred')];
}

function swapBounds(diagnostic: Diagnostic, { document }: ActionContext): readonly CodeAction[] {
  const path = pathAround(document, diagnostic.range.offset).slice(0, -1);
  const min = entryAt(document, [...path, 'min'])?.value;
  const max = entryAt(document, [...path, 'max'])?.value;
  if (min == null || max == null) return [];
  const [low, high] = [rangeOf(document, min), rangeOf(document, max)];
  const textOf = (range: typeof low): string => document.text.slice(range.offset, range.offset + range.length);
  const edits = [replacement(low, textOf(high)), replacement(high, textOf(low))];
  return [fix('Swap "min" and "max"', diagnostic, edits, 'preferred')];
}

function sortBins(diagnostic: Diagnostic, { document }: ActionContext): readonly CodeAction[] {
  const path = pathAround(document, diagnostic.range.offset).slice(0, -1);
  const items = entriesOf(entryAt(document, path)?.value, path).map(({ value }) => value);
  const numbers = items.map((item) => (isScalar(item) && typeof item.value === 'number' ? item.value : Number.NaN));
  const sorted = [...new Set(numbers)].sort((one, other) => one - other);
  if (numbers.some(Number.isNaN) || sorted.length !== items.length) return [];
  const edits = items.flatMap((item, index) =>
    item === null ? [] : [replacement(rangeOf(document, item), yamlNumber(sorted[index] ?? 0))],
  );
  return [fix('Sort the edges', diagnostic, edits, 'preferred')];
}

/** Quotes around what must be text, none around what must be a number; `true` for `yes`. */
function rewriteScalar(diagnostic: Diagnostic, { document }: ActionContext): readonly CodeAction[] {
  const { range, message } = diagnostic;
  const place = placeAt(document, range.offset);
  const node = place && entryAt(document, place.path)?.value;
  if (!isScalar(node)) return [];
  const written = document.text.slice(range.offset, range.offset + range.length);
  const word = /write (true|false)\.$/u.exec(message)?.[1];
  if (word !== undefined) return [fix(`Change to ${word}`, diagnostic, [replacement(range, word)], 'preferred')];
  if (message.endsWith('put it in quotes.')) {
    return [fix('Put it in quotes', diagnostic, [replacement(range, JSON.stringify(written))], 'preferred')];
  }
  if (message.endsWith('remove the quotes.')) {
    return [fix('Remove the quotes', diagnostic, [replacement(range, String(node.value).trim())], 'preferred')];
  }
  return [];
}

function writeDuration(diagnostic: Diagnostic, { document }: ActionContext): readonly CodeAction[] {
  const { range } = diagnostic;
  const written = document.text.slice(range.offset, range.offset + range.length);
  const number = /^["']?([1-9]\d{0,5})\s*(d|w|h|days?|weeks?|hours?)?["']?$/iu.exec(written.trim());
  if (number === null) return [];
  const text = `${number[1]}${(number[2] ?? 'd').charAt(0).toLowerCase()}`;
  return [fix(`Change to ${text}`, diagnostic, [replacement(range, text)], 'preferred')];
}

function fix(
  title: string,
  fixes: Diagnostic,
  edits: CodeAction['edits'],
  preference: CodeAction['preference'],
): CodeAction {
  return { title, kind: 'fix', edits, fixes, preference };
}
