/**
 * Rows were asked for something that they don't have: a column that no check had read, rows of which only counts were
 * kept, labels that are no labels. To a check that is a bug; whoever only draws leaves the picture out.
 */
export class UnavailableError extends Error {}
