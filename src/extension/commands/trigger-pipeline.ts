import { fail, type Result, succeed } from '../../base/result.ts';
import { ringsFor, showsProgress } from '../../pipeline/targets.ts';
import type { Policy } from '../../policy/schema.ts';
import type { EnvironmentApprovals } from '../engine/approvals.ts';
import { COMMANDS, SETTINGS } from '../ids.ts';
import { previewRings } from '../sign-off/preview-rings.ts';
import { ringShown } from '../sign-off/ring-shown.ts';
import { t } from '../translation.ts';
import type { Command, CommandResult, Services } from './command.ts';
import { needApprovals } from './needs.ts';
import { environmentOf } from './node-arguments.ts';

/** Shows what would be sent to whom, and sends it when the person agrees. Twice is as good as once. */
export const triggerPipeline: Command = {
  id: COMMANDS.triggerPipeline,
  run: async (services, argument): Promise<CommandResult> => {
    const material = await needApprovals(services);
    if (!material.ok) return material;
    const { policyFile, policy, approvals, assessed } = material.value;
    const told = approvals.environments.filter(({ name }) => EVENTS.some((event) => ringsFor(policy, name, event)));
    if (told.length === 0) return fail('no-pipeline', t('The policy names no pipeline to tell (pipeline: …).'));
    const asked = told.filter(({ name }) => name === environmentOf(argument));
    const likely = told.filter((each) => isLikelyNews(each, policy));
    // Of the rest the engine knows better: what was in force may have been revoked.
    const offered = [asked, likely, told].find(({ length }) => length > 0) ?? told;
    const environment = await chooseEnvironment(
      services,
      offered.map(({ name }) => name),
    );
    if (environment === undefined) return undefined;
    const { run } = assessed.assessment;
    const input = { policyFile, environment, run: run.id };
    const preview = await previewRings(services, input, policy);
    if (!preview.ok) return preview;
    const { event, rings } = preview.value;
    if (rings.length === 0) return fail('no-pipeline', t('The policy tells nobody of this (pipeline: … {0}).', event));
    const needsKey = rings.some(({ method }) => method === 'TAG');
    const key = needsKey ? await ownKey(services, policyFile) : succeed(undefined);
    if (key === undefined) return undefined;
    if (!key.ok) return key;
    const subject = { model: policy.model, run, fingerprint: key.value?.fingerprint };
    return ringShown(services, { ...input, ...(key.value === undefined ? {} : { key: key.value }) }, rings, subject);
  },
};

const EVENTS = ['on_approved', 'on_rejected', 'on_rolled_back'] as const;

/** Where something was decided, or somebody shows how far a sign-off is. */
function isLikelyNews({ name, candidate }: EnvironmentApprovals, policy: Policy): boolean {
  if (candidate.standing !== 'open') return true;
  return showsProgress(policy, name) && candidate.seats.some(({ have }) => have > 0);
}

/** Asked only where there are several; the last, where it goes live, is offered first. */
async function chooseEnvironment({ prompts }: Services, names: readonly string[]): Promise<string | undefined> {
  const [only, ...others] = names;
  if (others.length === 0) return only;
  const answer = await prompts.pickOne({
    title: t('Tell the Pipeline'),
    placeholder: t('The pipeline of which environment?'),
    choices: names.toReversed().map((name) => ({ value: name, label: name, description: '' })),
  });
  return answer.kind === 'given' ? answer.value : undefined;
}

interface KeyOfTag {
  readonly keyFile: string | undefined;
  readonly publicKey: string;
  readonly fingerprint: string;
}

/** Whoever rings signs the tag; with one usable key there is nothing to ask. */
async function ownKey(
  { engine, editor, prompts }: Services,
  policyFile: string,
): Promise<Result<KeyOfTag> | undefined> {
  const keys = await engine.call('signingKeys', {
    policyFile,
    keyFiles: editor.setting<readonly string[]>(SETTINGS.signingKeys) ?? [],
  });
  if (!keys.ok) return keys;
  const known = keys.value.filter((key) => key.person !== undefined);
  const choices = known.map((key) => ({
    value: key,
    label: key.person ?? key.label,
    icon: 'key',
    detail: `${key.fingerprint}  ${key.label}`,
  }));
  const answer =
    choices.length === 1 && choices[0] !== undefined
      ? ({ kind: 'given', value: choices[0].value } as const)
      : await prompts.pickOne({ title: t('Tell the Pipeline'), placeholder: t('Whose key signs the tag?'), choices });
  if (answer.kind !== 'given') return undefined;
  const { file, publicKey, fingerprint } = answer.value;
  return succeed({ keyFile: file, publicKey, fingerprint });
}
