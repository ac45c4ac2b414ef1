/** What GitHub and Argo replace before a shell sees it, and what ends a line: to YAML 1.1, separators do, too. */
const INSERTED = /\{\{|\}\}|[\p{Cc}\p{Zl}\p{Zp}]/u;

/** Why a text can't stand in a pipeline's file, as a sentence; undefined where it can. */
export function whyNotInPipelineFile(text: string): string | undefined {
  if (!INSERTED.test(text)) return undefined;
  return `“${text}” can’t stand in a pipeline’s file: braces in pairs, control characters and separators of lines mean something of their own there.`;
}

/** Why `verify` would refuse to trust a ref, as a sentence; it is better said before a pipeline stands still. */
export function whyNoAnchor(ref: string): string | undefined {
  if (ref !== 'HEAD' && !ref.startsWith('refs/tags/')) return undefined;
  return `“${ref}” is no anchor, since whoever is to be verified can move it: name a protected branch.`;
}
