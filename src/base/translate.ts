/**
 * Puts a message into the reader's language, `{0}`, `{1}` … replaced by the values. It is handed in to whatever writes
 * for people, because only the editor knows the language: what is signed and what pipelines read is English.
 */
export type Translate = (message: string, ...values: (string | number | boolean)[]) => string;

/** The messages as they stand in the source. */
export function inEnglish(message: string, ...values: readonly (string | number | boolean)[]): string {
  return message.replace(/\{(\d+)\}/g, (placeholder, index: string) => String(values[Number(index)] ?? placeholder));
}

/** By texts that stand under their English; what has none stays English. */
export function translateWith(texts: Readonly<Record<string, string>>): Translate {
  return (message, ...values) =>
    inEnglish(Object.hasOwn(texts, message) ? (texts[message] ?? message) : message, ...values);
}
