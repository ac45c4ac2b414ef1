import * as z from 'zod';
import { FAIRNESS_NAMES } from './fairness-names.ts';
import { driftWords } from './language/drift-words.ts';
import { fairnessWords, type MetricWords, metricWords } from './language/metric-words.ts';
import { METRIC_NAMES } from './metric-names.ts';
import { DRIFT_METHODS } from './schema/checks/drift.ts';
import { PolicySchema } from './schema.ts';
import { zodSchema } from './zod-schema.ts';

export const POLICY_SCHEMA_ID = 'urn:model-signoff:policy:v1';

/**
 * The JSON Schema (draft 7) of a policy, for editors and other tools: the shape and the descriptions, not the rules.
 * Words that a person chooses from carry what they mean in `enumDescriptions`, as VS Code's own schemas do.
 */
export function policyJsonSchema(): Record<string, unknown> {
  const { $schema, ...body } = z.toJSONSchema(zodSchema(PolicySchema), {
    target: 'draft-7',
    io: 'input',
    override: ({ jsonSchema }) => {
      const described = (jsonSchema.enum ?? []).map((word) => MEANINGS.get(String(word)));
      if (described.length > 0 && described.every((text) => text !== undefined)) {
        Object.assign(jsonSchema, { enumDescriptions: described });
      }
    },
  });
  return { $schema, $id: POLICY_SCHEMA_ID, title: 'Model Signoff policy', ...body };
}

const MEANINGS: ReadonlyMap<string, string> = new Map([
  ...METRIC_NAMES.map((name) => [name, inOneLine(metricWords(name))] as const),
  ...FAIRNESS_NAMES.map((name) => [name, inOneLine(fairnessWords(name))] as const),
  ...DRIFT_METHODS.map((name) => [name, inOneLine(driftWords(name))] as const),
]);

function inOneLine({ meaning, formula, direction, range }: MetricWords): string {
  return `${meaning} ${formula}; ${direction}; ${range}.`;
}
