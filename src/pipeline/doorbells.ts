import type { PipelineTarget, Policy } from '../policy/schema.ts';
import type { Doorbell } from './doorbell.ts';
import { correlationOf, type News } from './news.ts';
import { argo } from './systems/argo.ts';
import type { GithubTarget } from './systems/github-api.ts';
import { githubDeployments } from './systems/github-deployments.ts';
import { githubDispatch } from './systems/github-dispatch.ts';
import { githubStatus } from './systems/github-status.ts';
import { githubWorkflow } from './systems/github-workflow.ts';
import { gitlabJob } from './systems/gitlab-job.ts';
import { gitlabPipeline } from './systems/gitlab-pipeline.ts';
import { jenkinsBuild } from './systems/jenkins-build.ts';
import { jenkinsInput } from './systems/jenkins-input.ts';
import { kubeflow } from './systems/kubeflow.ts';
import { mlflowRegistry } from './systems/mlflow-registry.ts';
import { webhook } from './systems/webhook.ts';

/** A system of a target that is called by http, and the name of this news for it. */
export interface HttpRing {
  readonly system: HttpSystem;
  readonly correlation: string;
  readonly doorbell: Doorbell;
}

/** In the order in which the systems of one target are told. */
export const HTTP_SYSTEMS = ['github', 'gitlab', 'jenkins', 'mlflow', 'kubeflow', 'argo', 'webhook'] as const;
export type HttpSystem = (typeof HTTP_SYSTEMS)[number];

/**
 * The systems that a target names beside git's tags. `policy` must be free of errors.
 *
 * @param nameOf gives the correlation id; another than the news' own where an earlier ring is asked after
 */
export function httpRings(
  target: PipelineTarget,
  news: News,
  policy: Policy,
  nameOf: typeof correlationOf = correlationOf,
): HttpRing[] {
  return HTTP_SYSTEMS.flatMap((system) => {
    const settings = target[system];
    // How far a sign-off is, is told to those only who can show it.
    if (settings === undefined || (news.progress !== undefined && target.github?.status === undefined)) return [];
    if (news.progress !== undefined && system !== 'github') return [];
    const correlation = nameOf(news, { [system]: settings });
    const address = addressOf(settings);
    if (address !== undefined && URL.parse(address) === null)
      return [{ system, correlation, doorbell: withoutAddress(system, address) }];
    const doorbell = doorbellOf(system, { target, news, policy, correlation });
    return doorbell === undefined ? [] : [{ system, correlation, doorbell }];
  });
}

function addressOf(settings: { readonly url?: string | undefined; readonly job?: string | undefined }) {
  return settings.url ?? (settings.job?.startsWith('http') ? settings.job : undefined);
}

/** What a policy may say and no server can be called by. */
function withoutAddress(system: HttpSystem, address: string): Doorbell {
  const message = `The policy’s address for ${system} is none that can be called: ${address}.`;
  return {
    origin: '',
    preview: { title: message, method: '', url: '', body: '' },
    send: async () => ({ state: 'refused', message }),
    find: async () => 'absent',
    again: 'harmless',
  };
}

function doorbellOf(
  system: HttpSystem,
  wanted: {
    readonly target: PipelineTarget;
    readonly news: News;
    readonly policy: Policy;
    readonly correlation: string;
  },
): Doorbell | undefined {
  const { target, news, policy, correlation } = wanted;
  if (system === 'github') return target.github && githubBell(target.github, news, correlation);
  if (system === 'gitlab') {
    return (
      target.gitlab && (target.gitlab.job === undefined ? gitlabPipeline : gitlabJob)(target.gitlab, news, correlation)
    );
  }
  if (system === 'jenkins') {
    return (
      target.jenkins &&
      (target.jenkins.input === undefined ? jenkinsBuild : jenkinsInput)(target.jenkins, news, correlation)
    );
  }
  if (system === 'mlflow') {
    const url = target.mlflow?.url ?? ('mlflow' in policy.run ? policy.run.mlflow : undefined);
    return url === undefined ? undefined : mlflowRegistry({ ...target.mlflow, url }, news, correlation);
  }
  if (system === 'kubeflow') return target.kubeflow && kubeflow(target.kubeflow, news, correlation);
  if (system === 'argo') return target.argo && argo(target.argo, news, correlation);
  return target.webhook && webhook(target.webhook, news, correlation);
}

function githubBell(target: GithubTarget, news: News, correlation: string): Doorbell {
  if (target.workflow !== undefined) return githubWorkflow(target, news, correlation);
  if (target.event_type !== undefined) return githubDispatch(target, news, correlation);
  if (target.environment !== undefined) return githubDeployments(target, news, correlation);
  return githubStatus(target, news, correlation);
}
