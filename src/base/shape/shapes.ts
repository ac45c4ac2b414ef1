/**
 * What plain data (JSON, YAML) must look like. This is the part of zod that we use, under zod's names and with its
 * meaning, to which a test holds it: a program that starts to answer one question has no time to build zod's schemas.
 * A shape never changes: each method gives another one.
 */
export type Shape =
  | StringShape
  | NumberShape
  | BooleanShape
  | LiteralShape
  | EnumShape
  | ArrayShape
  | TupleShape
  | ObjectShape
  | RecordShape
  | UnionShape
  | OptionalShape
  | NullableShape;

/** The type of the values that have a shape. */
export type Infer<S> = S extends { readonly has: infer Value } ? Value : never;

export type Fields = Readonly<Record<string, Shape>>;

type OptionalKey<F> = { [K in keyof F]: F[K] extends { readonly type: 'optional' } ? K : never }[keyof F];
type Flat<T> = { [K in keyof T]: T[K] };
export type ObjectValue<F> = Flat<
  { [K in Exclude<keyof F, OptionalKey<F>>]: Infer<F[K]> } & { [K in OptionalKey<F>]?: Infer<F[K]> }
>;

abstract class Described<Value> {
  /** Exists for the compiler alone. */
  declare readonly has: Value;
  readonly description: string | undefined;

  constructor(description?: string) {
    this.description = description;
  }

  /** Optional in the object whose field it is. */
  optional(): OptionalShape<Value> {
    return new OptionalShape<Value>(this.#asShape());
  }

  nullable(): NullableShape<Value | null> {
    return new NullableShape<Value | null>(this.#asShape());
  }

  /** Every class that extends this one is among the shapes. */
  #asShape(): Shape {
    return this as unknown as Shape;
  }
}

/** A demand on how long something is, or how it is spelled. With `abort`, later demands are not looked at when it fails. */
export type StringDemand =
  | { readonly kind: 'min' | 'max'; readonly length: number; readonly abort: boolean }
  | { readonly kind: 'regex'; readonly pattern: RegExp };

export class StringShape extends Described<string> {
  readonly type = 'string';
  readonly demands: readonly StringDemand[];

  constructor(demands: readonly StringDemand[], description?: string) {
    super(description);
    this.demands = demands;
  }

  describe(description: string): StringShape {
    return new StringShape(this.demands, description);
  }

  /** At least so many characters (code points). */
  min(length: number, { abort = false } = {}): StringShape {
    return new StringShape([...this.demands, { kind: 'min', length, abort }], this.description);
  }

  /** At most so many characters (code points). */
  max(length: number): StringShape {
    return new StringShape([...this.demands, { kind: 'max', length, abort: false }], this.description);
  }

  regex(pattern: RegExp): StringShape {
    return new StringShape([...this.demands, { kind: 'regex', pattern }], this.description);
  }
}

export type NumberDemand =
  | { readonly kind: 'int' }
  | { readonly kind: 'min' | 'max' | 'above' | 'below'; readonly limit: number };

/** A finite number. */
export class NumberShape extends Described<number> {
  readonly type = 'number';
  readonly demands: readonly NumberDemand[];

  constructor(demands: readonly NumberDemand[], description?: string) {
    super(description);
    this.demands = demands;
  }

  describe(description: string): NumberShape {
    return new NumberShape(this.demands, description);
  }

  /** A whole number that a double holds exactly. */
  int(): NumberShape {
    return this.#with({ kind: 'int' });
  }

  min(limit: number): NumberShape {
    return this.#with({ kind: 'min', limit });
  }

  max(limit: number): NumberShape {
    return this.#with({ kind: 'max', limit });
  }

  gt(limit: number): NumberShape {
    return this.#with({ kind: 'above', limit });
  }

  lt(limit: number): NumberShape {
    return this.#with({ kind: 'below', limit });
  }

  #with(demand: NumberDemand): NumberShape {
    return new NumberShape([...this.demands, demand], this.description);
  }
}

export class BooleanShape extends Described<boolean> {
  readonly type = 'boolean';

  describe(description: string): BooleanShape {
    return new BooleanShape(description);
  }
}

export class LiteralShape<Value extends string | number = string | number> extends Described<Value> {
  readonly type = 'literal';
  readonly value: Value;

  constructor(value: Value, description?: string) {
    super(description);
    this.value = value;
  }

  describe(description: string): LiteralShape<Value> {
    return new LiteralShape(this.value, description);
  }
}

export class EnumShape<Value extends string = string> extends Described<Value> {
  readonly type = 'enum';
  readonly values: readonly Value[];

  constructor(values: readonly Value[], description?: string) {
    super(description);
    this.values = values;
  }

  describe(description: string): EnumShape<Value> {
    return new EnumShape(this.values, description);
  }
}

export class ArrayShape<Value = unknown> extends Described<Value> {
  readonly type = 'array';
  readonly element: Shape;
  readonly least: number;

  constructor(element: Shape, least: number, description?: string) {
    super(description);
    this.element = element;
    this.least = least;
  }

  describe(description: string): ArrayShape<Value> {
    return new ArrayShape(this.element, this.least, description);
  }

  /** At least so many elements. */
  min(least: number): ArrayShape<Value> {
    return new ArrayShape(this.element, least, this.description);
  }
}

/** A list of so many elements, each with its own shape. */
export class TupleShape<Value = unknown> extends Described<Value> {
  readonly type = 'tuple';
  readonly items: readonly Shape[];

  constructor(items: readonly Shape[], description?: string) {
    super(description);
    this.items = items;
  }

  describe(description: string): TupleShape<Value> {
    return new TupleShape(this.items, description);
  }
}

/** A map with these keys and no others. */
export class ObjectShape<F extends Fields = Fields, Value = unknown> extends Described<Value> {
  readonly type = 'object';
  readonly shape: F;

  constructor(shape: F, description?: string) {
    super(description);
    this.shape = shape;
  }

  describe(description: string): ObjectShape<F, Value> {
    return new ObjectShape(this.shape, description);
  }
}

/** A map from any keys of one shape to values of one shape. */
export class RecordShape<Value = unknown> extends Described<Value> {
  readonly type = 'record';
  readonly key: StringShape | EnumShape;
  readonly valueShape: Shape;

  constructor(key: StringShape | EnumShape, valueShape: Shape, description?: string) {
    super(description);
    this.key = key;
    this.valueShape = valueShape;
  }

  describe(description: string): RecordShape<Value> {
    return new RecordShape(this.key, this.valueShape, description);
  }
}

/** One of several shapes; with a `discriminator`, objects that this literal field of theirs tells apart. */
export class UnionShape<Option extends Shape = Shape, Value = unknown> extends Described<Value> {
  readonly type = 'union';
  readonly options: readonly Option[];
  readonly discriminator: string | undefined;

  constructor(options: readonly Option[], discriminator: string | undefined, description?: string) {
    super(description);
    this.options = options;
    this.discriminator = discriminator;
  }

  describe(description: string): UnionShape<Option, Value> {
    return new UnionShape(this.options, this.discriminator, description);
  }
}

export class OptionalShape<Value = unknown> extends Described<Value | undefined> {
  readonly type = 'optional';
  readonly inner: Shape;

  constructor(inner: Shape, description?: string) {
    super(description);
    this.inner = inner;
  }
}

export class NullableShape<Value = unknown> extends Described<Value> {
  readonly type = 'nullable';
  readonly inner: Shape;

  constructor(inner: Shape, description?: string) {
    super(description);
    this.inner = inner;
  }
}
