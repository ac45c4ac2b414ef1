import type { Result } from '../../base/result.ts';
import { pipelineServers } from '../../pipeline/servers.ts';
import type { Policy } from '../../policy/schema.ts';
import type { Services } from '../commands/command.ts';
import type { PipelineInput, PipelinePreview } from '../engine/ring-pipeline.ts';
import { t } from '../translation.ts';

/** What would be sent to whom; what waits is looked up on servers to which this workspace may send its credential. */
export function previewRings(
  { engine, prompts, credentials }: Services,
  input: PipelineInput,
  policy: Policy,
): Promise<Result<PipelinePreview>> {
  const lookAt = pipelineServers(policy)
    .map(({ origin }) => origin)
    .filter((origin) => credentials.maySend(origin));
  return prompts.withProgress(t('Looking at what waits in the pipeline'), (_, signal) =>
    engine.call('previewPipeline', { ...input, lookAt }, { signal }),
  );
}
