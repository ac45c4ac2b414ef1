/** Where a text is going to stand. In a flow collection, commas and brackets end a plain one. */
export type Surrounding = 'block' | 'flow';

const PLAIN = /^[A-Za-z_/.][^\n\r\t#:&*!|>'"%@`{}[\],\\]*$/u;
const OTHER_TYPES = /^(?:true|false|null|~|\.(?:nan|inf))$/iu;

/** A text as YAML that reads back as this very text: plain where that is safe, else in double quotes. */
export function yamlText(text: string): string {
  const isPlain = PLAIN.test(text) || /^[A-Za-z_][\w.+-]*(?:[@:][\w.+-]+)?$/u.test(text);
  return isPlain && text.trim() === text && !OTHER_TYPES.test(text) && !looksLikeNumber(text)
    ? text
    : JSON.stringify(text);
}

/** A number as a person would write it into a policy: never with an exponent where digits do. */
export function yamlNumber(value: number): string {
  return Object.is(value, -0) ? '0' : String(value);
}

function looksLikeNumber(text: string): boolean {
  return /^[-+.]?\d/u.test(text);
}
