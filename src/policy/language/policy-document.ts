import type { SourceRange } from '../../base/result.ts';
import { type ExaminedPolicy, examinePolicy } from '../parse.ts';
import { isSound } from '../yaml/read-again.ts';
import { type SourceLines, sourceLines } from '../yaml/source-lines.ts';
import type { Plain, PlainObject } from '../yaml/to-plain.ts';

/** A policy's text, read once for every question that an editor asks about it. */
export interface PolicyDocument {
  readonly text: string;
  readonly examined: ExaminedPolicy;
  readonly tree: ExaminedPolicy['sketch']['tree'];
  /** The text as plain data, as far as anything could be made of it. */
  readonly plain: PlainObject;
  readonly lines: SourceLines;
}

/**
 * Reads a policy for an editor. `file` is its name in problems. Never throws, whatever the text. `before` is how the
 * same policy was read before it was changed, from which what is still the same is taken.
 */
export function readPolicyDocument(text: string, file: string, before?: PolicyDocument): PolicyDocument {
  const examined = examinePolicy(text, file, before && { text: before.text, reading: before.examined.reading });
  const { tree, plain } = examined.sketch;
  return { text, examined, tree, plain: asMap(plain) ?? Object.create(null), lines: sourceLines(text) };
}

/** Whether a policy was understood so well that reading it again after a change may begin here. */
export function isGroundForReading({ examined }: PolicyDocument): boolean {
  return isSound(examined.reading);
}

/** The value when it is a map. */
export function asMap(value: Plain | undefined): PlainObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

/** A stretch of a text. */
export type TextRange = Pick<SourceRange, 'offset' | 'length'>;
