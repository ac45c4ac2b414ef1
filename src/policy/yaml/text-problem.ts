/** Something wrong with a policy's text, before its place has been turned into lines and columns. */
export interface TextProblem {
  readonly code: string;
  readonly severity?: 'error' | 'warning';
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly suggestion?: string;
}
