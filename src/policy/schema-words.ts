import { childSchema, type SchemaNode, schemaAt } from './schema-walk.ts';

/** What is said of the thing at `path`, and which words may stand there, where they are a fixed list. */
export interface Described {
  readonly description: string | undefined;
  readonly options: readonly string[];
}

/** As `schemaAt`, for people: the description nearest to the thing itself, alternatives and `optional` looked through. */
export function describedAt(root: SchemaNode, path: readonly PropertyKey[], value: unknown): Described | undefined {
  const parent = schemaAt(root, path.slice(0, -1), value);
  const last = path.at(-1);
  const written = parent === undefined || last === undefined ? undefined : childSchema(parent, last);
  const schema = schemaAt(root, path, value) ?? written;
  const shown = written ?? schema;
  if (shown === undefined) return undefined;
  return { description: descriptionOf(shown) ?? (schema && descriptionOf(schema)), options: wordsOf(shown) };
}

/** The keys that a map at `path` may have, with their descriptions, and which of them it must have. */
export interface SchemaKey extends Described {
  readonly key: string;
  readonly presence: 'required' | 'optional';
  readonly holds: 'map' | 'list' | 'text' | 'number' | 'truth value' | 'word' | 'anything';
}

/** The keys that may stand in the map at `path`; of alternatives that nothing decides yet, the keys of all. */
export function schemaKeysAt(root: SchemaNode, path: readonly PropertyKey[], value: unknown): readonly SchemaKey[] {
  const seen = new Map<string, SchemaKey>();
  for (const schema of shapesAt(root, path, value)) {
    if (schema.type !== 'object') continue;
    for (const [key, field] of Object.entries(schema.shape)) {
      if (seen.has(key)) continue;
      const presence = field.type === 'optional' ? 'optional' : 'required';
      seen.set(key, {
        key,
        presence,
        holds: kindOf(field),
        description: descriptionOf(field),
        options: wordsOf(field),
      });
    }
  }
  return [...seen.values()];
}

function shapesAt(root: SchemaNode, path: readonly PropertyKey[], value: unknown): readonly SchemaNode[] {
  const schema = schemaAt(root, path, value);
  if (schema !== undefined) return [schema];
  const parent = schemaAt(root, path.slice(0, -1), value);
  const last = path.at(-1);
  const written = parent === undefined || last === undefined ? undefined : childSchema(parent, last);
  return written === undefined ? [] : alternativesOf(written);
}

/** Every alternative of a schema, `optional` looked through. */
function alternativesOf(schema: SchemaNode): readonly SchemaNode[] {
  if (schema.type === 'optional') return alternativesOf(schema.inner);
  return schema.type === 'union' ? schema.options.flatMap(alternativesOf) : [schema];
}

function descriptionOf(schema: SchemaNode): string | undefined {
  return schema.description ?? (schema.type === 'optional' ? descriptionOf(schema.inner) : undefined);
}

function wordsOf(schema: SchemaNode): readonly string[] {
  const words = alternativesOf(schema).flatMap((option): readonly string[] => {
    if (option.type === 'enum') return option.values;
    if (option.type === 'literal') return [String(option.value)];
    return option.type === 'boolean' ? ['true', 'false'] : [];
  });
  return [...new Set(words)];
}

function kindOf(schema: SchemaNode): SchemaKey['holds'] {
  const kinds = new Set(alternativesOf(schema).map((option) => option.type));
  if (kinds.has('object') || kinds.has('record')) return 'map';
  if (kinds.has('enum') || kinds.has('literal')) return 'word';
  if (kinds.size > 1) return 'anything';
  const names: Readonly<Record<string, SchemaKey['holds']>> = {
    array: 'list',
    tuple: 'list',
    string: 'text',
    number: 'number',
    boolean: 'truth value',
  };
  return names[[...kinds][0] ?? ''] ?? 'anything';
}
