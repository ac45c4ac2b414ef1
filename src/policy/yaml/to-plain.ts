import { isAlias, isMap, isScalar, isSeq, type Node, type ParsedNode, type Scalar } from 'yaml';
import type { TextProblem } from './text-problem.ts';

export type Plain = string | number | boolean | null | Plain[] | PlainObject;
/** Objects have no prototype, so that a key such as `constructor` is a key like any other. */
export interface PlainObject {
  [key: string]: Plain;
}

/** Of maps in which nothing was wrong. What was read never changes, so readings that share a map share its data. */
const plainOfMaps = new WeakMap<Node, PlainObject>();

/** Lets a copy of a map that only stands elsewhere be the same data. */
export function sharePlain(map: Node, copy: Node): void {
  const known = plainOfMaps.get(map);
  if (known !== undefined) plainOfMaps.set(copy, known);
}

/** A tree as plain data, with what YAML allows and a policy doesn't. Of a key that stands twice, the first counts. */
export function toPlain(root: ParsedNode | null): { readonly value: Plain; readonly problems: readonly TextProblem[] } {
  const problems: TextProblem[] = [];
  return { value: plainOf(root, problems), problems };
}

/** What a key says: its text as it is written, so `1:` and `true:` are names. Undefined for a list or a map. */
export function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) {
    return undefined;
  }
  return typeof key.value === 'string' ? key.value : (key.source ?? '');
}

function plainOf(node: Node | null, problems: TextProblem[]): Plain {
  if (isScalar(node)) {
    return plainScalar(node, problems);
  }
  if (isSeq(node)) {
    return node.items.map((item) => plainOf(item as Node | null, problems));
  }
  if (!isMap(node)) {
    return null;
  }
  const known = plainOfMaps.get(node);
  if (known !== undefined) {
    return known;
  }
  const problemsBefore = problems.length;
  const object: PlainObject = Object.create(null);
  const seen = new Map<string, number>();
  for (const { key, value } of node.items) {
    const name = plainKey(key as Node, seen, problems);
    if (name !== undefined) {
      object[name] = plainOf(value as Node | null, problems);
    }
  }
  if (problems.length === problemsBefore) {
    plainOfMaps.set(node, object);
  }
  return object;
}

function plainKey(key: Node, seen: Map<string, number>, problems: TextProblem[]): string | undefined {
  const name = keyText(key);
  const [start, end] = spanOf(key);
  const refuse = (code: string, message: string): undefined => {
    problems.push({ code, message, start, end });
  };
  if (name === undefined) {
    return isAlias(key) ? undefined : refuse('yaml-key', 'A key must be plain text.');
  }
  if (name === '') {
    return refuse('yaml-key', 'A key is missing here; write its name before the colon.');
  }
  if (name === '__proto__') {
    return refuse('yaml-key', '"__proto__" is not allowed as a key; choose another name.');
  }
  if (name === '<<') {
    return refuse('yaml-merge', 'Merge keys are not allowed; write the keys out.');
  }
  const first = seen.get(name);
  if (first !== undefined) {
    return refuse('duplicate-key', `"${name}" stands here a second time; remove one of the two.`);
  }
  seen.set(name, start);
  return name;
}

function plainScalar(node: Scalar, problems: TextProblem[]): Plain {
  const { value } = node;
  const [start, end] = spanOf(node);
  if (typeof value !== 'number') {
    return typeof value === 'string' || typeof value === 'boolean' ? value : null;
  }
  if (!Number.isFinite(value)) {
    const message = `${node.source ?? String(value)} is not a finite number; write one that is.`;
    problems.push({ code: 'not-finite', message, start, end });
  } else if (!Number.isSafeInteger(value) && /^[-+]?[0-9]+$/u.test(node.source ?? '')) {
    const message = `${node.source} is too large to be read exactly; put it in quotes if it is a name.`;
    problems.push({ code: 'not-exact', message, start, end });
  }
  return value;
}

/** Where a node's own text starts and ends; empty for a value that isn't written. */
export function spanOf(node: Node | null): readonly [number, number] {
  const range = node?.range;
  return range == null ? [0, 0] : [range[0], range[1]];
}
