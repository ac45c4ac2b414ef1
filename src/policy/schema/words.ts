import type { StringShape } from '../../base/shape/shapes.ts';
import * as z from '../../base/shape/z.ts';

/** Names that become parts of file names and signed statements (contract: the design's §6). */
export const NAME_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
/** A check's id also stands on command lines (`--accept <id>=<reason>`), and starts with a letter to keep its place. */
export const CHECK_ID_PATTERN = /^[A-Za-z][A-Za-z0-9._-]*$/;
export const DURATION_PATTERN = /^[1-9][0-9]{0,5}[hdw]$/;
export const AGAINST_PATTERN = /^(?:run:\S.*|[A-Za-z0-9][A-Za-z0-9._-]*)$/;

/**
 * Something that can be seen: blanks and characters that are drawn as nothing don’t count. Spelled out, because it goes
 * into the JSON Schema, whose readers know few classes of characters.
 */
const INVISIBLE = [
  '\\s\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f',
  '\\u202a-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0',
].join('');
export const NOT_BLANK_PATTERN = new RegExp(`[^${INVISIBLE}]`, 'u');

/** Whether a text says nothing that can be seen. */
export function isBlank(text: string): boolean {
  return !NOT_BLANK_PATTERN.test(text);
}

export function nameOf(description: string): StringShape {
  return z.string().regex(NAME_PATTERN).max(100).describe(description);
}

export const CheckId = z.string().regex(CHECK_ID_PATTERN).max(100).describe('The id of a check.');

/** A text that says something: blanks alone say as little as nothing. */
export function textOf(description: string): StringShape {
  return z.string().min(1, { abort: true }).regex(NOT_BLANK_PATTERN).describe(description);
}

export function columnOf(description: string): StringShape {
  return z.string().min(1).describe(description);
}

export function pathOf(description: string): StringShape {
  return z
    .string()
    .min(1)
    .describe(`${description} \`run:\` starts a path among the run’s artifacts; else it is relative to the policy.`);
}

export const Person = z
  .string()
  .min(1, { abort: true })
  .regex(NOT_BLANK_PATTERN)
  .describe('A person, as `.signoff/allowed_signers` names them.');

export const Duration = z.string().regex(DURATION_PATTERN);

export const ClassValue = z.union([z.string(), z.number(), z.boolean()]);

/** One declared group, or several to intersect. */
export const GroupReference = z.union([columnOf('A declared group.'), z.array(columnOf('A declared group.')).min(1)]);
