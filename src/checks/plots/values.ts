import type { Common } from './plot.ts';

/** Checks with a number and a bound that no other picture is about. */
export interface ValuesPlot extends Common {
  readonly kind: 'values';
}
