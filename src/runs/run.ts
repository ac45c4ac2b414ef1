/** One value of a logged metric. `timestamp` is in milliseconds since 1970; `value` may be NaN or infinite. */
export interface MetricPoint {
  readonly step: number;
  readonly timestamp: number;
  readonly value: number;
}

/** A model that a run logged: MLflow 3 keeps its files outside the run's own artifacts. */
export interface LoggedModel {
  readonly id: string;
  readonly name: string;
  readonly status: 'unspecified' | 'pending' | 'ready' | 'failed';
  /** Absolute folder of the model's files on this machine; undefined when they are not here. */
  readonly artifactFolder: string | undefined;
}

/** A version of a registered model that was made of this run's model. */
export interface RegisteredVersion {
  /** The registered model's name. */
  readonly name: string;
  readonly version: string;
  /** Aliases that point at this version, in alphabetical order. */
  readonly aliases: readonly string[];
  readonly tags: ReadonlyMap<string, string>;
  /** Absolute folder of the version’s files on this machine, or the one file that it is; undefined when not here. */
  readonly artifactFolder: string | undefined;
}

/** A data set that a run recorded as its input. */
export interface RunInput {
  readonly name: string;
  readonly digest: string;
  readonly context: string | undefined;
}

export type RunStatus = 'running' | 'scheduled' | 'finished' | 'failed' | 'killed';

/** What a list of runs shows. Times are in milliseconds since 1970. */
export interface RunSummary {
  readonly id: string;
  readonly name: string;
  readonly experiment: string;
  readonly status: RunStatus;
  readonly user: string | undefined;
  readonly startTime: number | undefined;
  readonly endTime: number | undefined;
  /** Latest value of each metric: the point at the highest step, then timestamp, then value; empty where none was wanted. */
  readonly metrics: ReadonlyMap<string, MetricPoint>;
}

/** Everything a run left behind, as plain data. */
export interface Run extends RunSummary {
  readonly params: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
  /** Every point of every metric, in the order of (step, timestamp, value). */
  readonly history: ReadonlyMap<string, readonly MetricPoint[]>;
  readonly inputs: readonly RunInput[];
  readonly models: readonly LoggedModel[];
  /** Versions of registered models that name this run, by name, then version. */
  readonly registered: readonly RegisteredVersion[];
  /** Absolute folder of the run's artifacts on this machine; undefined when they are not here. */
  readonly artifactFolder: string | undefined;
  /**
   * Set where the folders hold copies of what is on a server: they lie elsewhere on each machine, so what is written
   * down names files as policies do, `run:…`, and never by their place here.
   */
  readonly artifactsAre?: 'copies';
}

/** A place that runs come from. Reading never writes to it, and works while training writes. */
export interface RunSource {
  readonly kind: 'mlflow-files' | 'mlflow-sqlite' | 'mlflow-server' | 'dvc' | 'folder';
  /** As in `run.source` of an assessment: a path relative to the policy's folder, `/`-separated, or a URL. */
  readonly location: string;
  /** Absolute paths that tell of a change when they change. */
  readonly watched: readonly string[];
  /**
   * Absolute folders in which any entry that comes, goes or changes tells of one; not what lies deeper. Like `watched`,
   * they may be others after each listing.
   */
  readonly watchedFolders?: readonly string[];
}
