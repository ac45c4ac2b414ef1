const CHECK_NODE = /^check\/([^/]+)$/;
const RUN_NODE = /^run\/(.+)$/s;
const ENVIRONMENT_NODE = /^environment\/([^/]+)(?:\/|$)/;

/** The check that a command was called on: a node of the checklist passes itself. */
export function checkOf(argument: unknown): string | undefined {
  return partOfId(argument, CHECK_NODE);
}

/** The run that a command was called on: a node of the runs passes itself. */
export function runOf(argument: unknown): string | undefined {
  return partOfId(argument, RUN_NODE);
}

/** The runs that are selected where a command was called on several nodes. */
export function runsOf(selection: unknown): readonly string[] {
  return Array.isArray(selection) ? selection.flatMap((node: unknown) => runOf(node) ?? []) : [];
}

/** The environment that a command was called on: a node of the approvals passes itself. */
export function environmentOf(argument: unknown): string | undefined {
  return partOfId(argument, ENVIRONMENT_NODE);
}

/** The id of the node that a command was called on. */
export function idOf(argument: unknown): string | undefined {
  if (typeof argument !== 'object' || argument === null || !('id' in argument)) return undefined;
  return typeof argument.id === 'string' ? argument.id : undefined;
}

function partOfId(argument: unknown, pattern: RegExp): string | undefined {
  return pattern.exec(idOf(argument) ?? '')?.[1];
}
