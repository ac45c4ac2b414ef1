import { createHash } from 'node:crypto';

/** What a policy lets a pipeline be told of. */
export const PIPELINE_EVENTS = ['on_approved', 'on_rejected', 'on_rolled_back'] as const;
export type PipelineEvent = (typeof PIPELINE_EVENTS)[number];

/** Everything that any pipeline is ever told. What decides stays in git, where `verify` reads it. */
export interface News {
  readonly event: PipelineEvent;
  /** Ids (sha256 of the signed payload, hex) of the statements that are told of, at least one. */
  readonly approvals: readonly string[];
  /** The commit that holds them: 40 or 64 hexadecimal digits. */
  readonly commit: string;
  readonly model: string;
  /** The model id: 64 hexadecimal digits. */
  readonly version: string;
  readonly run: string;
  readonly environment: string;
  /** While people are still missing: how many have signed, of how many. Only told to targets that show it. */
  readonly progress?: { readonly have: number; readonly need: number };
}

/** The texts that a pipeline gets, under the names that our gates read. */
export interface NewsParameters {
  readonly approval: string;
  readonly commit: string;
  readonly model: string;
  readonly version: string;
  readonly environment: string;
  readonly correlation: string;
}

const CORRELATION_DIGITS = 32;

/**
 * Names this news for this target, the same whenever and by whomever it is rung: the first 32 hexadecimal digits of the
 * sha256 of the sorted statement ids, the event and the target as the policy has it.
 *
 * @param target the target's own part of the policy, whose keys may stand in any order
 */
export function correlationOf({ approvals, event, progress }: News, target: unknown): string {
  const text = JSON.stringify([approvals.toSorted(), progress === undefined ? event : 'progress', sorted(target)]);
  return createHash('sha256').update(text).digest('hex').slice(0, CORRELATION_DIGITS);
}

export function parametersOf(news: News, correlation: string): NewsParameters {
  const { approvals, commit, model, version, environment } = news;
  return { approval: approvals.toSorted()[0] ?? '', commit, model, version, environment, correlation };
}

/** As variables of a pipeline or parameters of a build: `SIGNOFF_APPROVAL`, `SIGNOFF_COMMIT` and so on. */
export function asVariables(parameters: NewsParameters): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [`SIGNOFF_${name.toUpperCase()}`, value]),
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => [key, sorted(each)]);
}
