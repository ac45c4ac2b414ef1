type Arguments = readonly (string | number | boolean)[];
export type Translate = (message: string, ...values: (string | number | boolean)[]) => string;

/**
 * `vscode.l10n.t` cannot be imported by the pure parts, which run in plain Node under test. So they call `t`,
 * and activation puts VS Code's function behind it. Until then a message stands in English.
 */
let translate: Translate = fillIn;

export function useTranslation(other: Translate): void {
  translate = other;
}

/** The message in the user's language, `{0}`, `{1}` … replaced by the values. */
export function t(message: string, ...values: (string | number | boolean)[]): string {
  return translate(message, ...values);
}

function fillIn(message: string, ...values: Arguments): string {
  return message.replace(/\{(\d+)\}/g, (placeholder, index: string) => String(values[Number(index)] ?? placeholder));
}
