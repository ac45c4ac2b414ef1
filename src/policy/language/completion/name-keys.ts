import { columnAt, tableAt } from '../diagnostics/names.ts';
import type { Known } from '../known.ts';
import { datasetAt, mapAt, namesIn, textAt, textsIn } from '../sketch.ts';
import { yamlText } from '../yaml-text.ts';
import { type CompletionItem, inSnippet, slot } from './completion-item.ts';
import type { Cursor } from './cursor.ts';

interface Name {
  readonly name: string;
  readonly kind: CompletionItem['kind'];
  readonly detail?: string | undefined;
  /** What follows the colon, as a snippet. */
  readonly value: string;
}

/** Keys that are names of things which there are: roles in a quorum, environments of a pipeline, columns as groups. */
export function nameKeyCompletions(cursor: Cursor, known: Known): readonly CompletionItem[] {
  const parent = cursor.path.slice(0, -1).map(String);
  const written = new Set(Object.keys(mapAt(cursor.plain, parent) ?? {}));
  return namesFor(parent, cursor, known)
    .filter(({ name }) => !written.has(name))
    .map(({ name, kind, detail, value }, rank) => ({
      ...{ label: name, kind, detail, rank, source: 'beyond the schema' as const },
      ...(cursor.colon === 'there'
        ? { insert: yamlText(name), insertAs: 'text' as const }
        : { insert: `${inSnippet(yamlText(name))}: ${value}`, insertAs: 'snippet' as const }),
    }));
}

function namesFor(parent: readonly string[], { plain }: Cursor, known: Known): readonly Name[] {
  const [room, name, part] = parent;
  if (room === 'signoff' && name === 'environments' && parent[3] === 'require' && parent.length === 4) {
    return namesIn(plain, ['signoff', 'roles']).map((role) => {
      const people = textsIn(mapAt(plain, ['signoff', 'roles'])?.[role]).length;
      return {
        name: role,
        kind: 'name',
        detail: `${people} ${people === 1 ? 'person' : 'people'}`,
        value: slot(1, '1'),
      };
    });
  }
  if (room === 'pipeline' && parent.length === 1) {
    return environmentNames(plain).map((each) => ({
      name: each,
      kind: 'name',
      value: '{ on_approved: { git_tag: {} } }',
    }));
  }
  if (room === 'signoff' && name === 'aliases' && parent.length === 2) {
    const people = namesIn(plain, ['signoff', 'roles']).flatMap((role) =>
      textsIn(mapAt(plain, ['signoff', 'roles'])?.[role]),
    );
    return [...new Set(people)].map((person) => ({ name: person, kind: 'person', value: '[$1]' }));
  }
  if (room !== 'datasets' || parent.length !== 3) return [];
  const dataset = datasetAt(plain, name);
  const path = textAt(dataset, 'path');
  if (part === 'groups') return groupNames(path, known);
  if (part !== 'scores') return [];
  const values = columnAt(known, path, textAt(dataset, 'label'))?.values ?? [];
  return values.map((value) => ({ name: value, kind: 'value', value: '$1' }));
}

function environmentNames(plain: Cursor['plain']): readonly string[] {
  return namesIn(plain, ['signoff', 'environments']);
}

/** Columns with few values first: those are what rows are grouped by. */
function groupNames(path: string | undefined, known: Known): readonly Name[] {
  const columns = tableAt(known, path)?.columns ?? [];
  const grouped = columns.map(({ name, type, values }): Name & { readonly weight: number } => {
    const few = values !== undefined && values.length > 0;
    const bins = type === 'number' && !few;
    return {
      ...{ name, kind: 'column', weight: few ? 0 : 1 },
      detail: few ? values.slice(0, 5).join(', ') : type,
      value: few
        ? `{ privileged: ${slot(1, yamlText(values[0] ?? ''))} }`
        : bins
          ? `{ bins: [${slot(1, '25, 45, 65')}] }`
          : '{ $1 }',
    };
  });
  return grouped.toSorted((one, other) => one.weight - other.weight);
}
