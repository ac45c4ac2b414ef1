import { fail, succeed } from '../../base/result.ts';
import { COMMANDS } from '../ids.ts';
import { reportDocument } from '../panels/report-document.ts';
import { t } from '../translation.ts';
import type { Command } from './command.ts';
import { needAssessment } from './needs.ts';

/** The assessment as a page; it follows the checklist while it is open. */
export const openReport: Command = {
  id: COMMANDS.openReport,
  run: async (services) => {
    const assessment = await needAssessment(services);
    if (!assessment.ok) return assessment;
    const document = reportDocument(services.state.snapshot);
    if (document === undefined) return fail('superseded', t('The run changed while the report was made: try again.'));
    services.panels.show('report', { document }, (snapshot) => {
      const newer = reportDocument(snapshot);
      return newer === undefined ? undefined : { document: newer };
    });
    return succeed(undefined);
  },
};
