/**
 * MLflow's addresses of models: `models:/name/3`, `models:/name@champion`, `models:/m-…`. Stages and `latest` are left
 * out: MLflow deprecates the ones, and what the other means changes with every registration. One pattern for all,
 * without flags, because it goes into the JSON Schema, too.
 */
const NAME = '[^/]*[^/\\s][^/]*';
const VERSION = 'v?[0-9][0-9A-Za-z.+-]*';
const WORD = '[A-Za-z0-9_-]+';
const MODELS_PREFIX = 'models:';

/** A path that is no model's address, or an address that can be understood. */
export const ARTIFACT_PATTERN = new RegExp(
  `^(?:(?!${MODELS_PREFIX})|${MODELS_PREFIX}/(?:${NAME}/${VERSION}|${NAME}@${WORD}|m-${WORD})$)`,
);

export type ModelUri =
  | { readonly kind: 'version'; readonly name: string; readonly version: string }
  | { readonly kind: 'alias'; readonly name: string; readonly alias: string }
  | { readonly kind: 'logged'; readonly id: string };

/** Whether the reference means to be a model's address, well-formed or not. */
export function isModelUri(reference: string): boolean {
  return reference.startsWith(MODELS_PREFIX);
}

/** What an address names; undefined when it is malformed. */
export function parseModelUri(reference: string): ModelUri | undefined {
  if (!isModelUri(reference) || !ARTIFACT_PATTERN.test(reference)) return undefined;
  const path = reference.slice(`${MODELS_PREFIX}/`.length);
  const slash = path.indexOf('/');
  if (slash >= 0) return { kind: 'version', name: path.slice(0, slash), version: path.slice(slash + 1) };
  const at = path.lastIndexOf('@');
  if (at >= 0) return { kind: 'alias', name: path.slice(0, at), alias: path.slice(at + 1) };
  return { kind: 'logged', id: path };
}
