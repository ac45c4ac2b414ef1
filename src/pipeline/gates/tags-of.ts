import { refPart } from '../git-tag.ts';
import type { Gate } from './gate.ts';

/** What the names of all tags begin with that sign-offs of the model for the environment make. */
export function tagsOf({ model, environment }: Pick<Gate, 'model' | 'environment'>): string {
  return `signoff/${refPart(model)}/${refPart(environment)}/`;
}
