import { ringsFor, targetsOf } from '../../pipeline/targets.ts';
import { COMMANDS } from '../ids.ts';
import { offerToTell } from '../sign-off/offer-to-tell.ts';
import { signShown } from '../sign-off/sign-shown.ts';
import { askReason, askWhoUndoes, type Undoing } from '../sign-off/undo-questions.ts';
import { t } from '../translation.ts';
import { visible } from '../visible-text.ts';
import type { Command, CommandResult, Services } from './command.ts';

/** Goes back to the last approved version whose files are there: one signature, since everybody had approved it before. */
export const rollBack: Command = {
  id: COMMANDS.rollBack,
  run: async (services): Promise<CommandResult> => {
    const title = t('Roll Back');
    const undoing = await askWhoUndoes(services, title, ({ inForce }) => inForce !== undefined);
    if (undoing === undefined || !undoing.ok) return undoing;
    const comment = await askReason(services, title);
    if (comment === undefined) return undefined;
    const { policyFile, environment, role, key } = undoing.value;
    const input = { policyFile, environment, role, comment, ...key };
    const prepared = await services.prompts.withProgress(
      t('Looking for the version to go back to'),
      (reportProgress, signal) => services.engine.call('prepareRollback', input, { reportProgress, signal }),
    );
    if (!prepared.ok) return prepared;
    const completed = await signShown(services, 'roll-back', prepared.value);
    if (completed === undefined || !completed.ok) return completed;
    if (tellsServers(undoing.value.policy, environment)) {
      const { run, remote, person } = prepared.value;
      const message = t('{0} is rolled back, signed by {1}.', environment, person);
      void offerToTell(services, { undoing: undoing.value, event: 'on_rolled_back', run, remote, message });
      return completed;
    }
    const told = await tellPipeline(services, undoing.value, prepared.value.run);
    const message = [t('{0} is rolled back, signed by {1}.', environment, prepared.value.person), told].join(' ');
    void services.prompts.notify({ level: 'information', message });
    return completed;
  },
};

/** Whatever goes to a server is shown first, and only once it can be fetched from there. */
function tellsServers(policy: Undoing['policy'], environment: string): boolean {
  const targets = targetsOf(policy, environment, 'on_rolled_back');
  return targets.some((target) => Object.keys(target).some((system) => system !== 'git_tag'));
}

/** The doorbell, where the policy has one for this. */
async function tellPipeline(
  { engine }: Services,
  { policy, policyFile, environment, key }: Undoing,
  run: string,
): Promise<string> {
  if (!ringsFor(policy, environment, 'on_rolled_back')) return t('The policy tells no pipeline of rollbacks.');
  const rung = await engine.call('ringPipeline', { policyFile, environment, run, key });
  return rung.ok
    ? rung.value.map(({ message }) => visible(message)).join(' ')
    : t('The pipeline could not be told: {0}', rung.problem.message);
}
