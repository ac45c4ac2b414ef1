import { fail } from '../../base/result.ts';
import type { RevocableApproval } from '../engine/revoke.ts';
import { COMMANDS } from '../ids.ts';
import { offerToTell } from '../sign-off/offer-to-tell.ts';
import { signShown } from '../sign-off/sign-shown.ts';
import { askReason, askWhoUndoes } from '../sign-off/undo-questions.ts';
import { t } from '../translation.ts';
import { visible } from '../visible-text.ts';
import type { Command, CommandResult, Services } from './command.ts';

/** Withdraws approvals: the signer's own, or those of their role. Nothing older comes back by itself. */
export const revoke: Command = {
  id: COMMANDS.revoke,
  run: async (services): Promise<CommandResult> => {
    const title = t('Revoke');
    const undoing = await askWhoUndoes(services, title, () => true);
    if (undoing === undefined || !undoing.ok) return undoing;
    const { policyFile, environment, person, role, key } = undoing.value;
    const found = await services.engine.call('revocable', { policyFile, environment, person, role });
    if (!found.ok) return found;
    if (found.value.length === 0) {
      return fail('nothing-to-revoke', t('{0} has no approval for {1} to revoke as {2}.', person, environment, role));
    }
    const approvals = await chooseApprovals(services, found.value, person);
    if (approvals === undefined) return undefined;
    const comment = await askReason(services, title);
    if (comment === undefined) return undefined;
    const input = { policyFile, environment, role, comment, approvals, ...key };
    const prepared = await services.engine.call('prepareRevocation', input);
    if (!prepared.ok) return prepared;
    const completed = await signShown(services, 'revoke', prepared.value);
    if (completed === undefined || !completed.ok) return completed;
    const message = t('Revoked for {0} by {1}. Push the commit, so that pipelines heed it.', environment, person);
    const run = found.value.find(({ id }) => approvals.includes(id))?.run ?? '';
    const { remote } = prepared.value;
    void offerToTell(services, { undoing: undoing.value, event: 'on_rejected', run, remote, message });
    return completed;
  },
};

/** The person's own that still let a model in are ticked. */
async function chooseApprovals(
  { prompts }: Services,
  found: readonly RevocableApproval[],
  person: string,
): Promise<readonly string[] | undefined> {
  const answer = await prompts.pickMany({
    title: t('Revoke'),
    placeholder: t('Which approvals? All of one model.'),
    choices: found.map((each) => ({
      value: each.id,
      label: t('{0} ({1})', each.person, each.role),
      description: t('run {0} · {1}', visible(each.runName), each.issued),
      detail: each.effect === 'superseded' ? t('superseded since') : t('model {0}', each.modelId.slice(0, 12)),
      chosen: each.person === person && each.effect !== 'superseded',
    })),
  });
  return answer.kind === 'given' && answer.value.length > 0 ? answer.value : undefined;
}
