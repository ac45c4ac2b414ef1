import { PolicySchema } from '../../schema.ts';
import { describedAt } from '../../schema-words.ts';
import { described } from '../markdown.ts';
import type { PolicyDocument } from '../policy-document.ts';
import type { Place } from '../tree.ts';

/** What the policy language says of a key, and which words may stand there. */
export function descriptionHover(document: PolicyDocument, { path }: Place): readonly string[] {
  const found = describedAt(PolicySchema, path, document.plain);
  if (found === undefined) return [];
  const { description, options } = found;
  const listsWords = options.length > 1 && options.length <= 16;
  return [
    ...(description === undefined ? [] : [described(description)]),
    ...(listsWords ? [`One of ${options.map((word) => `\`${word}\``).join(', ')}.`] : []),
  ];
}
