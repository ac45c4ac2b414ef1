import { fail, succeed } from '../../base/result.ts';
import type { RingRecord } from '../../pipeline/ring-book.ts';
import { COMMANDS } from '../ids.ts';
import { t } from '../translation.ts';
import { ringWords, targetNodeId } from '../views/pipeline-nodes.ts';
import { type Command, textArgument } from './command.ts';
import { idOf } from './node-arguments.ts';

/** Opens the page of a run that a sign-off started; from the palette, of the one that a person chooses. */
export const openPipelineRun: Command = {
  id: COMMANDS.openPipelineRun,
  run: async ({ pipelines, prompts, editor }, argument) => {
    const withPage = pipelines.records.flatMap((record) =>
      record.run?.url === undefined ? [] : { record, url: record.run.url },
    );
    const asked = withPage.find(({ record }) => isOf(record, argument));
    const [first, ...others] = asked === undefined ? withPage : [asked];
    if (first === undefined) {
      return fail(
        'no-pipeline-run',
        t('No run with a page of its own was started from here yet: tell the pipeline first.'),
      );
    }
    if (others.length === 0) {
      await editor.openExternal(first.url);
      return succeed(first.url);
    }
    const chosen = await prompts.pickOne({
      title: t('Open the Pipeline’s Run'),
      placeholder: t('Which run of a pipeline?'),
      choices: withPage.map(({ record, url }) => ({
        value: url,
        label: record.title,
        description: `${record.environment} · ${ringWords(record)}`,
        detail: url,
      })),
    });
    if (chosen.kind !== 'given') return undefined;
    await editor.openExternal(chosen.value);
    return succeed(chosen.value);
  },
};

/** A node of the approvals passes itself, the status bar the ring's correlation id. */
function isOf(record: RingRecord, argument: unknown): boolean {
  return textArgument(argument) === record.correlation || idOf(argument) === targetNodeId(record);
}
