import { fail, succeed } from '../../base/result.ts';
import { COMMANDS } from '../ids.ts';
import { t } from '../translation.ts';
import { type Command, textArgument } from './command.ts';
import { needAssessment } from './needs.ts';
import { checkOf } from './node-arguments.ts';

/** Says why the model is not approved or, of one check, why it stands as it does: every number and who could settle it. */
export const explain: Command = {
  id: COMMANDS.explain,
  run: async (services, argument) => {
    const assessment = await needAssessment(services);
    if (!assessment.ok) return assessment;
    const { whyNotApproved, whyOfCheck } = await import('../explain/explanation.ts');
    const check = textArgument(argument) ?? checkOf(argument);
    const { snapshot } = services.state;
    const text = check === undefined ? whyNotApproved(snapshot) : whyOfCheck(snapshot, check);
    if (text === undefined) return fail('no-check', t('The policy has no check “{0}” any more.', check ?? ''));
    await services.editor.openReadOnly(check === undefined ? t('Why not approved') : t('Why {0}', check), text);
    return succeed(text);
  },
};
