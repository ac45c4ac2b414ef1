import { inEnglish, type Translate } from '../base/translate.ts';

/**
 * `vscode.l10n.t` cannot be imported by the pure parts, which run in plain Node under test. So they call `t`,
 * and activation puts VS Code's function behind it. Until then a message stands in English.
 */
let translate: Translate = inEnglish;

export function useTranslation(other: Translate): void {
  translate = other;
}

/** The message in the user's language, `{0}`, `{1}` … replaced by the values. */
export function t(message: string, ...values: (string | number | boolean)[]): string {
  return translate(message, ...values);
}
