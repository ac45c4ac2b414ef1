import { fail, type Result, succeed } from '../../base/result.ts';
import { COMMANDS, SETTINGS } from '../ids.ts';
import { ringsByTag } from '../sign-off/tell-result.ts';
import { t } from '../translation.ts';
import type { Command, CommandResult, Services } from './command.ts';
import { needApprovals } from './needs.ts';

/** Tells the pipeline about the newest complete quorum: a signed tag on the approval's commit. Twice is as good as once. */
export const triggerPipeline: Command = {
  id: COMMANDS.triggerPipeline,
  run: async (services): Promise<CommandResult> => {
    const material = await needApprovals(services);
    if (!material.ok) return material;
    const { policyFile, policy, approvals, assessed } = material.value;
    const told = approvals.environments.filter(({ name }) => ringsByTag(policy, name));
    if (told.length === 0)
      return fail('no-pipeline', t('The policy names no pipeline that is told by a tag (pipeline: … git_tag).'));
    const ready = told.findLast(({ candidate }) => candidate.standing === 'approved');
    if (ready === undefined)
      return fail('not-approved', t('This model is not approved yet, so there is nothing to tell the pipeline.'));
    const key = await ownKey(services, policyFile);
    if (!key.ok) return key;
    const input = { policyFile, environment: ready.name, run: assessed.assessment.run.id, ...key.value };
    const rung = await services.prompts.withProgress(t('Telling the pipeline'), () =>
      services.engine.call('ringPipeline', input),
    );
    if (!rung.ok) return rung;
    void services.prompts.notify({ level: 'information', message: rung.value.message });
    return succeed(rung.value);
  },
};

interface KeyOfTag {
  readonly keyFile: string | undefined;
  readonly publicKey: string;
  readonly fingerprint: string;
}

/** Whoever rings signs the tag; with one usable key there is nothing to ask. */
async function ownKey({ engine, editor, prompts }: Services, policyFile: string): Promise<Result<KeyOfTag>> {
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
      : await prompts.pickOne({ title: t('Start the Pipeline'), placeholder: t('Whose key signs the tag?'), choices });
  if (answer.kind !== 'given') return fail('stopped', t('Nothing was sent.'));
  const { file, publicKey, fingerprint } = answer.value;
  return succeed({ keyFile: file, publicKey, fingerprint });
}
