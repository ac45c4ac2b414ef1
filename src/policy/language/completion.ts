import type { CompletionItem } from './completion/completion-item.ts';
import { type Cursor, cursorsAt } from './completion/cursor.ts';
import { keyCompletions } from './completion/keys.ts';
import { valueCompletions } from './completion/values.ts';
import type { Known } from './known.ts';
import type { TextRange } from './policy-document.ts';

export interface Completions {
  /** The word that an item replaces. */
  readonly range: TextRange;
  readonly items: readonly CompletionItem[];
}

/** Whether somebody else completes what the schema says: then only the rest is offered, so that nothing stands there twice. */
export type CompletionNeighbour = 'completes the schema' | 'none';

/** What could be written at an offset. The text may be as unfinished as texts are while they are typed. */
export function completeAt(
  text: string,
  known: Known,
  offset: number,
  neighbour: CompletionNeighbour = 'none',
): Completions | undefined {
  for (const cursor of cursorsAt(text, offset)) {
    const items = itemsFor(cursor, known).filter(({ source }) => neighbour === 'none' || source !== 'schema');
    if (items.length > 0) return { range: cursor.word, items };
  }
  return undefined;
}

function itemsFor(cursor: Cursor, known: Known): readonly CompletionItem[] {
  if (cursor.part === 'value') {
    const values = valueCompletions(cursor, known);
    return values.length > 0 ? values : keysOfItem(cursor, known);
  }
  return keyCompletions(cursor, known);
}

/** After a dash, a map may begin on the same line. */
function keysOfItem(cursor: Cursor, known: Known): readonly CompletionItem[] {
  if (typeof cursor.path.at(-1) !== 'number' || cursor.style === 'flow') return [];
  return keyCompletions({ ...cursor, part: 'key', path: [...cursor.path, ''] }, known);
}
