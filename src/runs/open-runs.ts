import type { Credential } from '../base/http-credential.ts';
import type { Parsed, ReportProgress, Result } from '../base/result.ts';
import type { Run, RunSource, RunSummary } from './run.ts';

export interface ReadRunsOptions {
  readonly signal?: AbortSignal;
  readonly reportProgress?: ReportProgress;
}

export interface ListOptions extends ReadRunsOptions {
  /**
   * Absolute paths that changed since the last `list` of this same source, when somebody watched and knows. Then only
   * runs that these paths belong to need to be read again. Without it everything may have changed.
   */
  readonly changed?: readonly string[];
  /**
   * Whether the latest values of the runs' metrics are wanted, as they are when nothing is said. Without them the maps
   * are empty, and a store that keeps them apart from its runs is listed many times as fast.
   */
  readonly metrics?: 'latest' | 'none';
}

/** What of a run's artifacts an assessment is about to read. */
export interface WantedArtifacts {
  /** Paths among the run's artifacts, as policies write them after `run:`; globs are allowed. */
  readonly paths: readonly string[];
  /** Whether the models that the run logged are wanted, too. */
  readonly models: 'wanted' | 'not wanted';
}

/** A place that runs come from, opened for reading. */
export interface OpenRuns {
  readonly source: RunSource;
  /**
   * Every run that is not deleted, newest first, with the latest value of each metric, unless none is wanted. Asked again, it reads again only
   * what changed, where the source can tell. Runs that can't be read are left out, each with a problem (a warning).
   */
  list(options?: ListOptions): Promise<Parsed<RunSummary[]>>;
  /** Everything that one run left; a problem when there is no such run. */
  load(id: string, options?: ReadRunsOptions): Promise<Result<Run>>;
  /**
   * For sources whose artifacts are not on this machine as files: brings those that are wanted here, once, and gives the
   * run with the folders in which they now are. What the run does not have is no problem here: whoever reads it says so.
   */
  readonly fetchArtifacts?: (run: Run, wanted: WantedArtifacts, options?: ReadRunsOptions) => Promise<Result<Run>>;
  close(): void;
}

/** What opening runs needs that is neither in the policy nor in its folder. */
export interface RunSurroundings {
  /**
   * The credential for one origin (`https://host:port`), from the editor's secret store. Where it has none, or is not
   * given, MLflow's environment variables are asked.
   */
  readonly credentialFor?: (origin: string) => Promise<Credential | undefined>;
  /** Absolute folder for copies of artifacts; the user's cache folder when not given. */
  readonly cacheFolder?: string;
}
