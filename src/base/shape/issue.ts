/** What is wrong with a value, in zod's terms. */
export type ShapeIssue = {
  /** From the value that was looked at to what is wrong in it. */
  readonly path: readonly (string | number)[];
  /**
   * Whether the value is at least of the right kind, so that of several alternatives this one was meant; false also
   * keeps later demands on the same value quiet.
   */
  readonly continue?: boolean;
} & IssueKind;

type IssueKind =
  | { readonly code: 'invalid_type'; readonly expected: string }
  | { readonly code: 'invalid_value'; readonly values: readonly (string | number)[] }
  | ({ readonly code: 'too_small'; readonly minimum: number } & SizeIssue)
  | ({ readonly code: 'too_big'; readonly maximum: number } & SizeIssue)
  | { readonly code: 'invalid_format'; readonly pattern: string }
  | { readonly code: 'unrecognized_keys'; readonly keys: readonly string[] }
  /** The name of an entry is not as names are; `path` ends in it. */
  | { readonly code: 'invalid_key' }
  /** What each alternative has against the value; none where a discriminator names no alternative. */
  | { readonly code: 'invalid_union'; readonly errors: readonly (readonly ShapeIssue[])[] };

type SizeIssue = { readonly origin: 'string' | 'number' | 'int' | 'array'; readonly inclusive: boolean };

export type UnionIssue = Extract<ShapeIssue, { code: 'invalid_union' }>;
export type SizeIssueOf = Extract<ShapeIssue, { code: 'too_small' | 'too_big' }>;
export type FormatIssue = Extract<ShapeIssue, { code: 'invalid_format' }>;
