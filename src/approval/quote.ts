const LONGEST = 60;

/** Untrusted text inside a sentence of ours: in quotation marks, and cut where it would drown the sentence. */
export function quote(text: string): string {
  return text.length <= LONGEST ? `"${text}"` : `"${text.slice(0, LONGEST)}…"`;
}
