import {
  ArrayShape,
  BooleanShape,
  EnumShape,
  type Fields,
  type Infer,
  LiteralShape,
  NumberShape,
  ObjectShape,
  type ObjectValue,
  RecordShape,
  type Shape,
  StringShape,
  TupleShape,
  UnionShape,
} from './shapes.ts';

export type { Infer as infer } from './shapes.ts';

/** Zod's words for shapes; to be imported as `z`. */
export function string(): StringShape {
  return new StringShape([]);
}

export function number(): NumberShape {
  return new NumberShape([]);
}

export function boolean(): BooleanShape {
  return new BooleanShape();
}

export function literal<const Value extends string | number>(value: Value): LiteralShape<Value> {
  return new LiteralShape(value);
}

function enumOf<const Value extends string>(values: readonly Value[]): EnumShape<Value> {
  return new EnumShape(values);
}

export { enumOf as enum };

export function array<Element extends Shape>(element: Element): ArrayShape<Infer<Element>[]> {
  return new ArrayShape(element, 0);
}

export function tuple<const Items extends readonly Shape[]>(
  items: Items,
): TupleShape<{ -readonly [Index in keyof Items]: Infer<Items[Index]> }> {
  return new TupleShape(items);
}

export function strictObject<F extends Fields>(shape: F): ObjectShape<F, ObjectValue<F>> {
  return new ObjectShape(shape);
}

export function record<Value extends Shape>(key: StringShape, value: Value): RecordShape<Record<string, Infer<Value>>> {
  return new RecordShape(key, value);
}

/** A record of which not every key need be there. */
export function partialRecord<Key extends string, Value extends Shape>(
  key: EnumShape<Key>,
  value: Value,
): RecordShape<Partial<Record<Key, Infer<Value>>>> {
  return new RecordShape(key, value);
}

export function union<Option extends Shape>(options: readonly Option[]): UnionShape<Option, Infer<Option>> {
  return new UnionShape(options, undefined);
}

export function discriminatedUnion<Option extends ObjectShape>(
  discriminator: string,
  options: readonly Option[],
): UnionShape<Option, Infer<Option>> {
  return new UnionShape(options, discriminator);
}
