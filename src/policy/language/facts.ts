/**
 * What is known of the world around a policy, as plain data that crosses threads. Every part may be absent: then
 * nothing is said that would need it. Offsets, where there are any, are of the policy's text.
 */
export interface PolicyFacts {
  /** What the tables hold, by their path as the policy writes it. */
  readonly tables: Readonly<Record<string, TableFacts>>;
  /** The run that the outcomes are of. */
  readonly run?: RunFacts | undefined;
  /** Runs that `against` could name, newest first. */
  readonly runs?: { readonly known: readonly RunName[]; readonly complete: boolean } | undefined;
  /** Who stands in `allowed_signers`, in its order; absent where there is no such file. */
  readonly signers?: readonly SignerFacts[] | undefined;
  /** Where the signers are listed, for people to go to; absolute. */
  readonly signersFile?: string | undefined;
  /** What the checks said, and the very text that they were read from. */
  readonly assessed?: { readonly policyText: string; readonly outcomes: readonly OutcomeFacts[] } | undefined;
  /** Earlier values of checks, oldest first, the newest being that of the run before the one that is shown. */
  readonly history: Readonly<Record<string, readonly (number | null)[]>>;
  /** The policy of the branch that is trusted, where it is another one than this. */
  readonly trusted?: { readonly branch: string; readonly policyText: string } | undefined;
}

export const NO_FACTS: PolicyFacts = { tables: {}, history: {} };

export interface TableFacts {
  /** Absolute paths of the files. */
  readonly files: readonly string[];
  /** Undefined where counting them would have meant to read them. */
  readonly rows: number | undefined;
  readonly columns: readonly ColumnFacts[];
}

export interface ColumnFacts {
  readonly name: string;
  /** `number`, `text`, `time`, `truth value` or another word for what it holds. */
  readonly type: string;
  /** The values that it takes, as texts, where they are few. */
  readonly values?: readonly string[];
  /** Whether `values` are all that there are; otherwise only some rows were looked at. */
  readonly complete?: boolean;
}

export interface RunName {
  readonly id: string;
  readonly name: string;
}

export interface RunFacts extends RunName {
  /** The run's logged metrics with their latest value, in alphabetical order. */
  readonly metrics: readonly { readonly name: string; readonly value: number }[];
}

export interface SignerFacts {
  readonly person: string;
  /** Whether a key of the person may sign approvals now. */
  readonly standing: 'may sign' | 'may not sign';
  /** Counted from 1, in the file of the signers. */
  readonly line: number;
}

export type OutcomeStatus = 'pass' | 'fail' | 'uncertain' | 'not_evaluable' | 'pending' | 'waived' | 'not_applicable';

export interface PartFacts {
  readonly name: string;
  readonly status: OutcomeStatus;
  readonly value: number | null;
  readonly interval: readonly [number, number] | null;
  readonly rows: number | null;
}

/** What a check said; the part of an outcome that editors show. */
export interface OutcomeFacts extends Omit<PartFacts, 'name'> {
  readonly id: string;
  readonly severity: 'required' | 'advisory';
  readonly title: string;
  readonly bound: Readonly<Record<string, number>> | null;
  readonly formula: string | null;
  readonly parts?: readonly PartFacts[];
  readonly message: string;
  /** Absolute paths of the files that the value was computed from. */
  readonly evidence: readonly string[];
}
