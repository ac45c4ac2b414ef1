import * as z from '../../base/shape/z.ts';
import { ARTIFACT_PATTERN } from '../model-uri.ts';
import { pathOf, textOf } from './words.ts';

const artifact = pathOf(
  'The files that will be deployed, a folder or a file; the run’s logged model when not given. `models:/name/version`, `models:/name@alias` and `models:/m-…` name a model of this run as MLflow does.',
)
  .regex(ARTIFACT_PATTERN)
  .optional();

export const MlflowRunSource = z
  .strictObject({
    mlflow: textOf('An MLflow store: a folder such as `mlruns`, an `mlflow.db`, or the http(s) address of a server.'),
    experiment: textOf('The name of the MLflow experiment that the runs are in.').optional(),
    artifact,
  })
  .describe('Runs that MLflow recorded.');

export const DvcRunSource = z
  .strictObject({
    dvc: textOf('The folder of the DVC project, relative to the policy.'),
    artifact,
  })
  .describe('Runs that DVC recorded.');

export const FolderRunSource = z
  .strictObject({
    folder: textOf('A folder with one folder a run, relative to the policy; globs are allowed.'),
    artifact,
  })
  .describe('Runs that are plain folders.');

export const RunSourcePolicy = z
  .union([MlflowRunSource, DvcRunSource, FolderRunSource])
  .describe('Where the runs come from: exactly one of mlflow, dvc and folder.');
