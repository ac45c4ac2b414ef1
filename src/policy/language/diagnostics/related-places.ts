import type { Problem } from '../../../base/result.ts';
import type { PolicyDocument } from '../policy-document.ts';
import { entriesOf, entryAt, pathAround, rangeOf } from '../tree.ts';
import type { Related } from './diagnostic.ts';

/** Codes of problems that are about two places. Finding out where one is takes time, so others are not asked. */
const HAVE_RELATED = new Set([
  'duplicate-key',
  'min-above-max',
  'too-few-people',
  'empty-role',
  'no-privileged-group',
  'missing-column',
]);

/** The other place that a problem of the policy language is about, where there is one. */
export function relatedPlaces(document: PolicyDocument, { code, range }: Problem): readonly Related[] {
  if (range === undefined) return [];
  if (!HAVE_RELATED.has(code)) return [];
  const path = pathAround(document, range.offset);
  switch (code) {
    case 'duplicate-key': {
      const parent = path.slice(0, -1);
      const node = parent.length === 0 ? document.tree : entryAt(document, parent)?.value;
      const first = entriesOf(node, parent).find((entry) => entry.path.at(-1) === path.at(-1));
      return first?.key == null
        ? []
        : [{ message: 'It stands here first.', at: { range: rangeOf(document, first.key) } }];
    }
    case 'min-above-max':
      return placeOf(document, [...path.slice(0, -1), 'max'], 'The other bound is here.');
    case 'too-few-people':
    case 'empty-role':
      return placeOf(document, ['signoff', 'roles', roleOf(document, path)], 'The people of the role are listed here.');
    case 'no-privileged-group':
    case 'missing-column': {
      const [, id = ''] = path.map(String);
      const name = document.plain['checks'] && entryText(document, ['checks', id, 'dataset']);
      return name === undefined ? [] : placeOf(document, ['datasets', String(name)], 'The data set is declared here.');
    }
    default:
      return [];
  }
}

function roleOf(document: PolicyDocument, path: readonly PropertyKey[]): string {
  const last = String(path.at(-1));
  return last === 'role' ? (entryText(document, path) ?? '') : last;
}

function entryText(document: PolicyDocument, path: readonly PropertyKey[]): string | undefined {
  const value = entryAt(document, path)?.value;
  return value !== null && value !== undefined && 'value' in value ? String(value.value) : undefined;
}

function placeOf(document: PolicyDocument, path: readonly PropertyKey[], message: string): readonly Related[] {
  const entry = entryAt(document, path);
  const node = entry?.key ?? entry?.value;
  return node == null ? [] : [{ message, at: { range: rangeOf(document, node) } }];
}
