import { fail, type Result } from '../../base/result.ts';
import { COMMANDS } from '../ids.ts';
import { verdictDocument } from '../panels/verdict-document.ts';
import { runSteps, type Step } from '../prompts/steps.ts';
import { map } from '../sign-off/questions.ts';
import { t } from '../translation.ts';
import type { Command, CommandResult, Services } from './command.ts';
import { type Assessed, needApprovals } from './needs.ts';

interface Question {
  readonly environment?: string;
  readonly trustedRef?: string;
}

/** Asks what the pipeline will ask. Trust has to be chosen: it never comes from the tree that is verified. */
export const verify: Command = {
  id: COMMANDS.verify,
  run: async (services) => {
    const material = await needApprovals(services);
    if (!material.ok) return material;
    const branches = await branchesOf(services, material.value);
    if (!branches.ok) return branches;
    const environments = material.value.approvals.environments.map(({ name }) => name);
    const answers = await runSteps<Question>({}, () => [
      ...(environments.length > 1 ? [askEnvironment(services, environments)] : []),
      askBranch(services, branches.value),
    ]);
    if (answers?.trustedRef === undefined) return undefined;
    const environment = answers.environment ?? environments[0] ?? '';
    return showVerdict(services, material.value, { environment, trustedRef: answers.trustedRef });
  },
};

/** The question that a panel was about before the window was loaded anew, asked again. */
export async function verifyAgain(
  services: Services,
  [environment = '', trustedRef = '']: readonly string[],
): Promise<CommandResult> {
  const material = await needApprovals(services);
  if (!material.ok) return material;
  const branches = await branchesOf(services, material.value);
  if (!branches.ok) return branches;
  const isThere =
    branches.value.includes(trustedRef) &&
    material.value.approvals.environments.some(({ name }) => name === environment);
  if (!isThere)
    return fail('nothing-to-verify', t('The environment or the branch is not there any more: verify anew.'));
  return showVerdict(services, material.value, { environment, trustedRef });
}

async function branchesOf({ engine }: Services, { policyFile }: Assessed): Promise<Result<readonly string[]>> {
  const branches = await engine.call('branches', { policyFile });
  if (!branches.ok || branches.value.length > 0) return branches;
  return fail('no-branch', t('The repository has no branch to trust: commit the policy to a protected branch first.'));
}

async function showVerdict(
  services: Services,
  { policyFile, policy, assessed }: Assessed,
  { environment, trustedRef }: Required<Question>,
): Promise<CommandResult> {
  const { id: run, name } = assessed.assessment.run;
  const verdict = await services.prompts.withProgress(t('Verifying'), (reportProgress, signal) =>
    services.engine.call('verify', { policyFile, environment, run, trustedRef }, { signal, reportProgress }),
  );
  if (!verdict.ok) return verdict;
  const subject = { model: policy.model, run: name, environment, trustedRef };
  const document = verdictDocument(verdict.value, subject);
  services.panels.show('verdict', { document }, { about: [environment, trustedRef] });
  return verdict;
}

function askEnvironment({ prompts }: Services, environments: readonly string[]): Step<Question> {
  return {
    id: 'environment',
    ask: async (question, place) => {
      const answer = await prompts.pickOne({
        title: t('Verify Approvals'),
        placeholder: t('For which environment?'),
        place,
        choices: environments
          .toReversed()
          .map((name) => ({ value: name, label: name, chosen: name === question.environment })),
      });
      return map(answer, (environment) => ({ ...question, environment }));
    },
  };
}

function askBranch({ prompts }: Services, branches: readonly string[]): Step<Question> {
  return {
    id: 'trusted-ref',
    ask: async (question, place) => {
      const answer = await prompts.pickOne({
        title: t('Verify Approvals'),
        placeholder: t('Which protected branch holds the policy and the signers that are trusted?'),
        place,
        choices: branches.map((ref) => ({
          value: ref,
          label: ref.replace(/^refs\/(heads|remotes)\//, ''),
          description: ref.startsWith('refs/remotes/') ? t('remote') : t('local'),
          icon: 'git-branch',
          chosen: ref === question.trustedRef,
        })),
      });
      return map(answer, (trustedRef) => ({ ...question, trustedRef }));
    },
  };
}
