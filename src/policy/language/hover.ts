import { checkHover } from './hover/check-hover.ts';
import { descriptionHover } from './hover/description-hover.ts';
import { nameHover } from './hover/name-hover.ts';
import type { Known } from './known.ts';
import type { PolicyDocument, TextRange } from './policy-document.ts';
import { placeAt } from './tree.ts';

/** What a hover says, as Markdown in which everything from files is escaped. Each section stands by itself. */
export interface Hover {
  readonly range: TextRange;
  readonly sections: readonly string[];
}

/** Who else shows something of the same policy, so that nothing stands there twice. */
export type Neighbour = 'describes keys' | 'none';

/**
 * What stands at an offset: what it means, and what is known about it. With a neighbour that shows the schema's
 * descriptions, only what no schema can tell.
 */
export function hoverAt(
  document: PolicyDocument,
  known: Known,
  offset: number,
  neighbour: Neighbour = 'none',
): Hover | undefined {
  const place = placeAt(document, offset);
  if (place === undefined) return undefined;
  const sections = [
    ...checkHover(document, known, place),
    ...nameHover(document, known, place),
    ...(neighbour === 'none' ? descriptionHover(document, place) : []),
  ];
  return sections.length === 0 ? undefined : { range: place.range, sections };
}
