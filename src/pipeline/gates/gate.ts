import type { PipelineTarget } from '../../policy/schema.ts';

/** Systems for which a gate can be written. */
export const GATE_SYSTEMS = ['github', 'gitlab', 'jenkins', 'kubeflow', 'argo', 'shell'] as const;
export type GateSystem = (typeof GATE_SYSTEMS)[number];

/** Everything that a gate depends on. Texts may hold anything: each generator quotes them for its own language. */
export interface Gate {
  readonly model: string;
  readonly environment: string;
  /** What the pipeline trusts, e.g. `refs/remotes/origin/main`. */
  readonly trustedRef: string;
  /** The very bytes that are deployed, relative to the repository's top level. */
  readonly modelPath: string;
  /** The policy relative to the top level; left out of the command where it is the usual one. */
  readonly policyPath: string;
  readonly verifier: Verifier;
  /** Whom the policy tells of an approval there: a gate takes what its system is sent. */
  readonly targets?: readonly PipelineTarget[];
  /** A command that deploys, run only after the verifier said yes. */
  readonly deploy: string;
}

/**
 * The pinned verifier in one file, from a place that the pipeline's own variable names where none is named here; or where people sign nothing (an automatic environment) the whole package at an exact
 * version, which evaluates again.
 */
export type Verifier =
  | { readonly kind: 'file'; readonly place: string | undefined; readonly sha256: string }
  | { readonly kind: 'package'; readonly specifier: string };

/** A gate's file: where it usually lies in a repository, and what it says. */
export interface GateFile {
  readonly path: string;
  readonly text: string;
}

export const USUAL_POLICY = 'signoff.yaml';
/** The oldest Node that the verifier runs on is 22.13; gates take the next one with long support. */
export const NODE_MAJOR = 24;
/** In which a pipeline keeps the address of the verifier, where its gate names none. */
export const VERIFIER_VARIABLE = 'SIGNOFF_VERIFIER';

/** Whether the pipeline itself has to say where its verifier is. */
export function placeIsOpen({ verifier }: Pick<Gate, 'verifier'>): boolean {
  return verifier.kind === 'file' && verifier.place === undefined;
}
