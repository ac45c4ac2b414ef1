import * as z from '../../base/shape/z.ts';
import {
  ArgoTarget,
  GithubTarget,
  GitlabTarget,
  JenkinsTarget,
  KubeflowTarget,
  MlflowTarget,
  WebhookTarget,
} from './pipeline-systems.ts';
import { textOf } from './words.ts';

export const PipelineTarget = z
  .strictObject({
    git_tag: z
      .strictObject({
        remote: textOf(
          'The git remote that the tag is pushed to; the branch’s own, else `origin`, when not given.',
        ).optional(),
      })
      .describe('A signed tag on the approval’s commit starts the pipeline.')
      .optional(),
    github: GithubTarget.optional(),
    gitlab: GitlabTarget.optional(),
    jenkins: JenkinsTarget.optional(),
    mlflow: MlflowTarget.optional(),
    kubeflow: KubeflowTarget.optional(),
    argo: ArgoTarget.optional(),
    webhook: WebhookTarget.optional(),
  })
  .describe('What is told, one or several systems.');

const PipelineTargets = z.union([PipelineTarget, z.array(PipelineTarget).min(1)]);

export const EnvironmentPipeline = z
  .strictObject({
    on_approved: PipelineTargets.describe('Told when the quorum is complete.').optional(),
    on_rejected: PipelineTargets.describe(
      'Told when the model is rejected, or an approval in force is revoked.',
    ).optional(),
    on_rolled_back: PipelineTargets.describe('Told when the model is rolled back.').optional(),
  })
  .describe('What is told when a decision falls for this environment.');
