import type { Services } from '../commands/command.ts';
import { t } from '../translation.ts';

/** Sends the sign-off out as `git push` would, and says how it went. */
export async function pushOffered({ engine, prompts }: Services, policyFile: string): Promise<void> {
  const pushed = await prompts.withProgress(t('Pushing'), (reportProgress, signal) =>
    engine.call('pushSignOffs', { policyFile }, { reportProgress, signal }),
  );
  if (!pushed.ok) {
    const message = t('The sign-off is committed here, and not pushed: {0}', pushed.problem.message);
    void prompts.notify({ level: 'warning', message });
    return;
  }
  const { remote, branch, how } = pushed.value;
  const where = `${remote}/${branch.replace('refs/heads/', '')}`;
  const message =
    how === 'rebuilt'
      ? t('Pushed to {0}, on top of what others had pushed meanwhile. Pull with rebase to have it all here.', where)
      : t('Pushed to {0}.', where);
  void prompts.notify({ level: 'information', message });
}
