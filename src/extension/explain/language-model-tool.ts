import * as vscode from 'vscode';
import { LANGUAGE_MODEL_TOOL } from '../ids.ts';
import type { Disposable } from '../lifecycle.ts';
import type { SignoffState } from '../state/signoff-state.ts';
import { t } from '../translation.ts';
import { answerOf } from './tool-answer.ts';

/**
 * Lets a language model ask why a model is not approved. It is given the newest snapshot and nothing else: no engine, no
 * prompts, no commands, so that it can't sign, whatever it is told. Editors without such tools get nothing.
 */
export function registerLanguageModelTool(state: Pick<SignoffState, 'settled'>): Disposable {
  const { lm } = vscode as { readonly lm?: Partial<typeof vscode.lm> };
  if (lm?.registerTool === undefined) return { dispose: () => {} };
  return lm.registerTool(LANGUAGE_MODEL_TOOL, {
    prepareInvocation: () => ({ invocationMessage: t('Reading the checklist') }),
    invoke: async ({ input }) => {
      const answer = answerOf(await state.settled(), input);
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(answer)]);
    },
  });
}
