import type { PolicyPath } from '../policy-path.ts';
import type { PipelineTarget } from '../schema.ts';
import { type Lint, mustBeDeclared } from './context.ts';

export function lintPipeline(lint: Lint): void {
  const { pipeline, signoff } = lint.policy;
  const environments = Object.keys(signoff.environments);
  for (const [environment, events] of Object.entries(pipeline ?? {})) {
    const path = ['pipeline', environment];
    mustBeDeclared(lint, path, environment, 'environment', environments, 'key');
    for (const [event, targets] of Object.entries(events)) {
      if (Array.isArray(targets)) {
        for (const [index, target] of targets.entries()) {
          lintTarget(lint, [...path, event, index], target);
        }
      } else if (targets !== undefined) {
        lintTarget(lint, [...path, event], targets);
      }
    }
  }
}

function lintTarget(lint: Lint, path: PolicyPath, target: PipelineTarget): void {
  if (Object.keys(target).length === 0) {
    lint.errorAtKey('no-target', path, `"${String(path[2])}" tells nobody; add git_tag or webhook.`);
  }
  const url = target.webhook?.url;
  if (url === undefined) {
    return;
  }
  const place = [...path, 'webhook', 'url'];
  if (!/^https:\/\/[^/\s]|^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/u.test(url)) {
    lint.errorAtValue('bad-address', place, `"${url}" is no https address; only this machine may be called without.`);
  } else if (/^https?:\/\/[^/?#]*@/iu.test(url)) {
    const message = 'The address holds a user name or password; remove it, and keep it in the secret storage instead.';
    lint.errorAtValue('secret-in-policy', place, message);
  }
}
