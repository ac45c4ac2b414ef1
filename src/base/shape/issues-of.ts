import type { ShapeIssue } from './issue.ts';
import type {
  ArrayShape,
  Infer,
  NumberDemand,
  NumberShape,
  ObjectShape,
  RecordShape,
  Shape,
  StringDemand,
  StringShape,
  TupleShape,
  UnionShape,
} from './shapes.ts';

type Issues = readonly ShapeIssue[];

const NONE: Issues = [];

/** Everything that keeps `value`, which must be plain data, from having the shape; empty when it has. Never throws. */
export function issuesOf(shape: Shape, value: unknown): Issues {
  switch (shape.type) {
    case 'string':
      return ofString(shape, value);
    case 'number':
      return ofNumber(shape, value);
    case 'boolean':
      return typeof value === 'boolean' ? NONE : wrongType('boolean');
    case 'literal':
      return value === shape.value ? NONE : [{ code: 'invalid_value', values: [shape.value], path: [] }];
    case 'enum':
      return (shape.values as readonly unknown[]).includes(value)
        ? NONE
        : [{ code: 'invalid_value', values: shape.values, path: [] }];
    case 'array':
      return ofArray(shape, value);
    case 'tuple':
      return ofTuple(shape, value);
    case 'object':
      return ofObject(shape, value);
    case 'record':
      return ofRecord(shape, value);
    case 'union':
      return shape.discriminator === undefined ? ofUnion(shape, value) : ofToldApart(shape, shape.discriminator, value);
    case 'optional':
      return value === undefined ? NONE : issuesOf(shape.inner, value);
    case 'nullable':
      return value === null ? NONE : issuesOf(shape.inner, value);
  }
}

/** Whether the value, which must be plain data, has the shape. */
export function hasShape<S extends Shape>(shape: S, value: unknown): value is Infer<S> {
  return issuesOf(shape, value).length === 0;
}

function wrongType(expected: string): Issues {
  return [{ code: 'invalid_type', expected, path: [] }];
}

function ofString({ demands }: StringShape, value: unknown): Issues {
  if (typeof value !== 'string') return wrongType('string');
  return whatFails(demands, (demand) => brokenByString(demand, value));
}

function ofNumber({ demands }: NumberShape, value: unknown): Issues {
  if (typeof value !== 'number' || !Number.isFinite(value)) return wrongType('number');
  return whatFails(demands, (demand) => brokenByNumber(demand, value));
}

/** One after the other, until one fails that leaves nothing for the others to look at. */
function whatFails<Demand>(demands: readonly Demand[], broken: (demand: Demand) => ShapeIssue | undefined): Issues {
  let issues: ShapeIssue[] | undefined;
  for (const demand of demands) {
    const issue = broken(demand);
    if (issue === undefined) continue;
    issues = [...(issues ?? []), issue];
    if (issue.continue === false) break;
  }
  return issues ?? NONE;
}

function brokenByString(demand: StringDemand, value: string): ShapeIssue | undefined {
  if (demand.kind === 'regex') {
    return demand.pattern.test(value)
      ? undefined
      : { code: 'invalid_format', pattern: String(demand.pattern), path: [], continue: true };
  }
  const { kind, length, abort } = demand;
  const found = lengthOf(value);
  const about = { origin: 'string', inclusive: true, path: [], continue: !abort } as const;
  if (kind === 'min') return found >= length ? undefined : { code: 'too_small', minimum: length, ...about };
  return found <= length ? undefined : { code: 'too_big', maximum: length, ...about };
}

/** In code points. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

function brokenByNumber(demand: NumberDemand, value: number): ShapeIssue | undefined {
  if (demand.kind === 'int') return brokenWholeness(value);
  const { kind, limit } = demand;
  const about = { origin: 'number', path: [], continue: true } as const;
  switch (kind) {
    case 'min':
      return value >= limit ? undefined : { code: 'too_small', minimum: limit, inclusive: true, ...about };
    case 'above':
      return value > limit ? undefined : { code: 'too_small', minimum: limit, inclusive: false, ...about };
    case 'max':
      return value <= limit ? undefined : { code: 'too_big', maximum: limit, inclusive: true, ...about };
    case 'below':
      return value < limit ? undefined : { code: 'too_big', maximum: limit, inclusive: false, ...about };
  }
}

function brokenWholeness(value: number): ShapeIssue | undefined {
  if (!Number.isInteger(value)) return { code: 'invalid_type', expected: 'int', path: [], continue: false };
  if (Number.isSafeInteger(value)) return undefined;
  const about = { origin: 'int', inclusive: true, path: [], continue: true } as const;
  return value > 0
    ? { code: 'too_big', maximum: Number.MAX_SAFE_INTEGER, ...about }
    : { code: 'too_small', minimum: Number.MIN_SAFE_INTEGER, ...about };
}

function ofArray({ element, least }: ArrayShape, value: unknown): Issues {
  if (!Array.isArray(value)) return wrongType('array');
  const issues: ShapeIssue[] = [];
  for (const [index, item] of value.entries()) addBelow(issues, index, issuesOf(element, item));
  const about = { origin: 'array', inclusive: true, path: [], continue: true } as const;
  if (value.length < least) issues.push({ code: 'too_small', minimum: least, ...about });
  return issues;
}

function ofTuple({ items }: TupleShape, value: unknown): Issues {
  if (!Array.isArray(value)) return wrongType('tuple');
  const about = { origin: 'array', inclusive: true, path: [] } as const;
  if (value.length < items.length) return [{ code: 'too_small', minimum: items.length, ...about }];
  const issues: ShapeIssue[] = [];
  if (value.length > items.length) issues.push({ code: 'too_big', maximum: items.length, ...about });
  for (const [index, item] of items.entries()) addBelow(issues, index, issuesOf(item, value[index]));
  return issues;
}

function ofObject({ shape }: ObjectShape, value: unknown): Issues {
  if (!isMap(value)) return wrongType('object');
  const issues: ShapeIssue[] = [];
  for (const key in shape) {
    const field = shape[key] as Shape;
    const isThere = Object.hasOwn(value, key);
    if (!isThere && field.type === 'optional') continue;
    addBelow(issues, key, issuesOf(field, isThere ? value[key] : undefined));
  }
  addUnknown(issues, value, (key) => Object.hasOwn(shape, key));
  return issues;
}

function ofRecord({ key: keyShape, valueShape }: RecordShape, value: unknown): Issues {
  if (!isMap(value)) return wrongType('record');
  const issues: ShapeIssue[] = [];
  const known = keyShape.type === 'enum' ? new Set<string>(keyShape.values) : undefined;
  for (const [key, entry] of Object.entries(value)) {
    // Zod passes over an entry of this name without a look at it.
    if (key === '__proto__' || (known === undefined && issuesOf(keyShape, key).length > 0)) {
      issues.push({ code: 'invalid_key', path: [key] });
    } else if (known?.has(key) !== false) {
      addBelow(issues, key, issuesOf(valueShape, entry));
    }
  }
  if (known !== undefined) addUnknown(issues, value, (key) => known.has(key) || key === '__proto__');
  return issues;
}

function ofUnion({ options }: UnionShape, value: unknown): Issues {
  const found: Issues[] = [];
  for (const option of options) {
    const issues = issuesOf(option, value);
    if (issues.length === 0) return NONE;
    found.push(issues);
  }
  const meant = found.filter((issues) => issues.every((issue) => issue.continue === true));
  const [only] = meant;
  return only !== undefined && meant.length === 1 ? only : [{ code: 'invalid_union', errors: found, path: [] }];
}

function ofToldApart({ options }: UnionShape, discriminator: string, value: unknown): Issues {
  if (!isMap(value)) return wrongType('object');
  const word = Object.hasOwn(value, discriminator) ? value[discriminator] : undefined;
  const option = options.find((each) => each.type === 'object' && isLiteral(each.shape[discriminator], word));
  return option === undefined
    ? [{ code: 'invalid_union', errors: [], path: [discriminator] }]
    : issuesOf(option, value);
}

function isLiteral(shape: Shape | undefined, word: unknown): boolean {
  return shape?.type === 'literal' && shape.value === word;
}

function addUnknown(issues: ShapeIssue[], value: object, isKnown: (key: string) => boolean): void {
  const keys = Object.keys(value).filter((key) => !isKnown(key));
  if (keys.length > 0) issues.push({ code: 'unrecognized_keys', keys, path: [], continue: true });
}

function addBelow(issues: ShapeIssue[], step: string | number, below: Issues): void {
  for (const issue of below) issues.push({ ...issue, path: [step, ...issue.path] });
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
