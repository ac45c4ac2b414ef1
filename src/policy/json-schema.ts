import * as z from 'zod';
import { PolicySchema } from './schema.ts';

export const POLICY_SCHEMA_ID = 'urn:model-signoff:policy:v1';

/** The JSON Schema (draft 7) of a policy, for editors and other tools: the shape and the descriptions, not the rules. */
export function policyJsonSchema(): Record<string, unknown> {
  const { $schema, ...body } = z.toJSONSchema(PolicySchema, { target: 'draft-7', io: 'input' });
  return { $schema, $id: POLICY_SCHEMA_ID, title: 'Model Signoff policy', ...body };
}
