import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, succeed } from '../../base/result.ts';
import { COMMANDS } from '../ids.ts';
import { outcomesOf } from '../state/snapshot.ts';
import { t } from '../translation.ts';
import type { Command } from './command.ts';
import { needAssessment } from './needs.ts';

/** Writes the report as one HTML file, for the audit's archive and for paper: what `signoff check --format html` writes. */
export const saveReport: Command = {
  id: COMMANDS.saveReport,
  run: async ({ engine, editor, prompts, state, ...services }) => {
    const assessment = await needAssessment({ engine, editor, prompts, state, ...services });
    if (!assessment.ok) return assessment;
    const { policyFile, assessed } = assessment.value;
    const { model, run } = assessed.assessment;
    const answer = await prompts.saveAs({
      title: t('Save the Report'),
      path: join(dirname(policyFile), `${fileNameOf(model)}-${fileNameOf(run.name)}.html`),
      kind: { label: 'HTML', extension: 'html' },
    });
    if (answer.kind !== 'given') return undefined;
    const wanted = { policyFile, trust: editor.trust(), run: run.id, digest: assessed.digest };
    const page = await prompts.withProgress(t('Writing the report'), (reportProgress, signal) =>
      engine.call('reportHtml', { ...wanted, outcomes: outcomesOf(state.snapshot) }, { reportProgress, signal }),
    );
    if (!page.ok) return page;
    try {
      await writeFile(answer.value, page.value);
    } catch (error) {
      return fail('not-written', t('The report could not be written: {0}', (error as Error).message));
    }
    void prompts.notify({ level: 'information', message: t('The report was saved as {0}.', answer.value) });
    return succeed(answer.value);
  },
};

/** Names come from anybody; a file's is plain. */
function fileNameOf(name: string): string {
  return (
    name
      .replaceAll(/[^\w.-]+/g, '-')
      .replace(/^[-.]+/, '')
      .slice(0, 80) || 'report'
  );
}
