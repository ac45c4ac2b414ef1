import { fail, type Result, succeed } from '../base/result.ts';
import { listInWords } from '../base/text.ts';
import type { CommandInput } from './command.ts';

/** The value of an option that takes one of a few words; the first of them when it is not given. */
export function choiceOf<Word extends string>(
  input: CommandInput,
  option: string,
  words: readonly [Word, ...Word[]],
): Result<Word> {
  const given = input.text(option);
  if (given === undefined) return succeed(words[0]);
  const word = words.find((candidate) => candidate === given);
  if (word !== undefined) return succeed(word);
  return fail('option-invalid', `--${option} takes ${listInWords(words, 'or')}, not “${given}”.`);
}
