import type { PolicyPath } from '../policy-path.ts';
import type { Lint } from './context.ts';

/** An item that stands twice in a list is a slip: one of the two was meant to be another. */
export function lintDuplicates(lint: Lint, path: PolicyPath, items: readonly string[] | undefined): void {
  const seen = new Set<string>();
  (items ?? []).forEach((item, index) => {
    if (seen.has(item)) {
      lint.errorAtValue(
        'duplicate-item',
        [...path, index],
        `"${item}" stands here a second time; remove one of the two.`,
      );
    }
    seen.add(item);
  });
}
