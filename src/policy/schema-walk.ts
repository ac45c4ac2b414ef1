import type * as z from 'zod';

/** The part of a schema that says how one thing in a policy is written. */
export type SchemaNode = z.core.$ZodType;

/**
 * The schema of what stands at `path`, given the value of the whole (which decides between alternatives).
 * Undefined where the path leads out of the schema.
 */
export function schemaAt(root: SchemaNode, path: readonly PropertyKey[], value: unknown): SchemaNode | undefined {
  let schema: SchemaNode | undefined = chosen(root, value);
  let current = value;
  for (const step of path) {
    if (schema === undefined) {
      return undefined;
    }
    current = childOf(current, step);
    const below = childSchema(schema, step);
    schema = below === undefined ? undefined : chosen(below, current);
  }
  return schema;
}

/** The keys that a map with this schema may have; empty where any key may stand, or none. */
export function keysOfSchema(schema: SchemaNode | undefined): readonly string[] {
  const def = definition(schema);
  return def?.type === 'object' ? Object.keys(def.shape) : [];
}

/** A schema from the inside: zod keeps what it was made of there. */
export function definition(schema: SchemaNode | undefined): z.core.$ZodTypes['_zod']['def'] | undefined {
  return (schema as z.core.$ZodTypes | undefined)?._zod.def;
}

function childOf(value: unknown, step: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) {
    return undefined;
  }
  return (value as Record<PropertyKey, unknown>)[step];
}

/** The schema of one entry of a map or list, as it was written: `optional` and alternatives are still around it. */
export function childSchema(schema: SchemaNode, step: PropertyKey): SchemaNode | undefined {
  const def = definition(schema);
  switch (def?.type) {
    case 'object':
      return Object.hasOwn(def.shape, step) ? def.shape[String(step)] : undefined;
    case 'record':
      return def.valueType;
    case 'array':
      return def.element;
    case 'tuple':
      return def.items[Number(step)];
    default:
      return undefined;
  }
}

/** Looks through `optional`, and takes the alternative that the value is nearest to. */
function chosen(schema: SchemaNode, value: unknown): SchemaNode | undefined {
  const def = definition(schema);
  if (def?.type === 'optional') {
    return chosen(def.innerType, value);
  }
  if (def?.type !== 'union') {
    return schema;
  }
  const options = def.options.map((option) => chosen(option, value)).filter((option) => option !== undefined);
  return options.find((option) => fits(option, value)) ?? options.find((option) => sameShape(option, value));
}

function fits(option: SchemaNode, value: unknown): boolean {
  const def = definition(option);
  if (def?.type !== 'object' || typeof value !== 'object' || value === null || Array.isArray(value)) {
    return false;
  }
  const deciding = Object.entries(def.shape).find(([, field]) => definition(field)?.type !== 'optional');
  if (deciding === undefined) {
    return true;
  }
  const [key, field] = deciding;
  const fieldDefinition = definition(field);
  const found = childOf(value, key);
  return fieldDefinition?.type === 'literal' ? fieldDefinition.values.includes(found as never) : found !== undefined;
}

function sameShape(option: SchemaNode, value: unknown): boolean {
  const type = definition(option)?.type;
  if (Array.isArray(value)) {
    return type === 'array' || type === 'tuple';
  }
  return typeof value === type;
}
