import type { Shape } from '../base/shape/shapes.ts';

/** The part of a schema that says how one thing in a policy is written. */
export type SchemaNode = Shape;

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
  return schema?.type === 'object' ? Object.keys(schema.shape) : [];
}

function childOf(value: unknown, step: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) {
    return undefined;
  }
  return (value as Record<PropertyKey, unknown>)[step];
}

/** The schema of one entry of a map or list, as it was written: `optional` and alternatives are still around it. */
export function childSchema(schema: SchemaNode, step: PropertyKey): SchemaNode | undefined {
  switch (schema.type) {
    case 'object':
      return Object.hasOwn(schema.shape, step) ? schema.shape[String(step)] : undefined;
    case 'record':
      return schema.valueShape;
    case 'array':
      return schema.element;
    case 'tuple':
      return schema.items[Number(step)];
    default:
      return undefined;
  }
}

/** Looks through `optional`, and takes the alternative that the value is nearest to. */
function chosen(schema: SchemaNode, value: unknown): SchemaNode | undefined {
  if (schema.type === 'optional') {
    return chosen(schema.inner, value);
  }
  if (schema.type !== 'union') {
    return schema;
  }
  const options = schema.options.map((option) => chosen(option, value)).filter((option) => option !== undefined);
  return options.find((option) => fits(option, value)) ?? options.find((option) => sameShape(option, value));
}

function fits(option: SchemaNode, value: unknown): boolean {
  if (option.type !== 'object' || typeof value !== 'object' || value === null || Array.isArray(value)) {
    return false;
  }
  const deciding = Object.entries(option.shape).find(([, field]) => field.type !== 'optional');
  if (deciding === undefined) {
    return true;
  }
  const [key, field] = deciding;
  const found = childOf(value, key);
  return field.type === 'literal' ? field.value === found : found !== undefined;
}

function sameShape(option: SchemaNode, value: unknown): boolean {
  const { type } = option;
  if (Array.isArray(value)) {
    return type === 'array' || type === 'tuple';
  }
  return typeof value === type;
}
