import { dirname, resolve } from 'node:path';
import { fail, succeed } from '../../base/result.ts';
import { t } from '../translation.ts';
import type { CommandResult, Services } from './command.ts';

/** Opens a file that the assessment names as evidence, and no other: the path comes from a page. */
export async function openEvidence({ state, editor }: Services, path: unknown): Promise<CommandResult> {
  const { policyFile, assessed } = state.snapshot;
  if (policyFile === undefined || assessed === undefined || typeof path !== 'string') return undefined;
  const isNamed = assessed.assessment.outcomes.some(({ evidence }) => evidence.some((file) => file.path === path));
  if (!isNamed) return fail('no-evidence', t('The checklist names no such evidence any more: {0}', path));
  await editor.openInViewer(resolve(dirname(policyFile), path));
  return succeed(undefined);
}
