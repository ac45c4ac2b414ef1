import * as z from 'zod';
import type { NumberDemand, NumberShape, Shape, StringShape } from '../base/shape/shapes.ts';

/** The same schema in zod, whose tools and whose judgement are the reference; what ships does without. */
export function zodSchema(shape: Shape): z.ZodType {
  const bare = withoutDescription(shape);
  return shape.description === undefined ? bare : bare.describe(shape.description);
}

function withoutDescription(shape: Shape): z.ZodType {
  switch (shape.type) {
    case 'string':
      return zodString(shape);
    case 'number':
      return zodNumber(shape);
    case 'boolean':
      return z.boolean();
    case 'literal':
      return z.literal(shape.value);
    case 'enum':
      return z.enum(shape.values);
    case 'array':
      return shape.least > 0 ? z.array(zodSchema(shape.element)).min(shape.least) : z.array(zodSchema(shape.element));
    case 'tuple':
      return z.tuple(shape.items.map(zodSchema) as [z.ZodType, ...z.ZodType[]]);
    case 'object':
      return z.strictObject(
        Object.fromEntries(Object.entries(shape.shape).map(([key, field]) => [key, zodSchema(field)])),
      );
    case 'record':
      return shape.key.type === 'enum'
        ? z.partialRecord(z.enum(shape.key.values), zodSchema(shape.valueShape))
        : z.record(describedString(shape.key), zodSchema(shape.valueShape));
    case 'union': {
      const options = shape.options.map(zodSchema);
      return shape.discriminator === undefined
        ? z.union(options)
        : z.discriminatedUnion(shape.discriminator, options as [z.ZodObject, ...z.ZodObject[]]);
    }
    case 'optional':
      return zodSchema(shape.inner).optional();
    case 'nullable':
      return zodSchema(shape.inner).nullable();
  }
}

function describedString(shape: StringShape): z.ZodString {
  const schema = zodString(shape);
  return shape.description === undefined ? schema : schema.describe(shape.description);
}

function zodString({ demands }: StringShape): z.ZodString {
  return demands.reduce((schema, demand) => {
    if (demand.kind === 'regex') return schema.regex(demand.pattern);
    return demand.kind === 'min'
      ? schema.min(demand.length, { abort: demand.abort })
      : schema.max(demand.length, { abort: demand.abort });
  }, z.string());
}

function zodNumber({ demands }: NumberShape): z.ZodNumber {
  return demands.reduce(demanding, z.number());
}

function demanding(schema: z.ZodNumber, demand: NumberDemand): z.ZodNumber {
  switch (demand.kind) {
    case 'int':
      return schema.int();
    case 'min':
      return schema.min(demand.limit);
    case 'max':
      return schema.max(demand.limit);
    case 'above':
      return schema.gt(demand.limit);
    case 'below':
      return schema.lt(demand.limit);
  }
}
