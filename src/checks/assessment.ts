import type { Outcome, OutcomeStatus } from './outcome.ts';

export const ASSESSMENT_SCHEMA = 'urn:model-signoff:assessment:v1';

/** Every outcome of one run under one policy. The keys stand in this order in every file (contract). */
export interface Assessment {
  readonly schema: typeof ASSESSMENT_SCHEMA;
  readonly tool: { readonly name: string; readonly version: string };
  readonly project: string;
  readonly model: string;
  readonly run: { readonly id: string; readonly name: string; readonly source: string };
  readonly policy: { readonly path: string; readonly sha256: string };
  readonly summary: {
    readonly ok: boolean;
    readonly counts: Readonly<Partial<Record<OutcomeStatus, number>>>;
  };
  readonly outcomes: readonly Outcome[];
  /** sha256 over the lines `<sha256>  <name>\n` of the model's files; null for a run without model files, which can't be approved. */
  readonly model_id: string | null;
  /** The model that this one would replace, by id; null for the first. */
  readonly baseline: string | null;
}
