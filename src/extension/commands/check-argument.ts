const CHECK_NODE = /^check\/([^/]+)$/;

/** The check that a command was called on: a node of the checklist passes itself. */
export function checkOf(argument: unknown): string | undefined {
  if (typeof argument === 'string') return argument;
  if (typeof argument !== 'object' || argument === null || !('id' in argument) || typeof argument.id !== 'string')
    return undefined;
  return CHECK_NODE.exec(argument.id)?.[1];
}
