import * as vscode from 'vscode';
import type { Engine } from '../engine-client.ts';
import { SETTINGS } from '../ids.ts';
import { policyLensProvider } from '../lenses/policy-file-lenses.ts';
import { type Disposable, DisposableStore } from '../lifecycle.ts';
import type { SignoffState } from '../state/signoff-state.ts';
import { CODE_ACTION_KINDS, codeActionProvider } from './code-actions.ts';
import { COMPLETION_TRIGGERS, completionProvider } from './completion.ts';
import { definitionProvider } from './definition.ts';
import { showDiagnostics } from './diagnostics.ts';
import { FactsKeeper } from './facts-keeper.ts';
import { foldingProvider } from './folding.ts';
import { formattingProvider } from './formatting.ts';
import { hoverProvider } from './hover.ts';
import { provideInlayValues } from './inlay-hints.ts';
import { LanguageClient, startLanguageWorker } from './language-client.ts';
import { policySelector } from './policy-files.ts';
import { referenceProvider } from './references.ts';
import { LanguageSession } from './session.ts';
import { symbolProvider } from './symbols.ts';

export interface LanguageSurroundings {
  readonly state: SignoffState;
  readonly engine: Engine;
  /** Where the thread's bundle lies. */
  readonly workerScript: URL;
  readonly onFault: (message: string) => void;
}

/** Everything that an editor does for a policy while it is written. Loaded with the first policy that is opened. */
export function startLanguage({ state, engine, workerScript, onFault }: LanguageSurroundings): Disposable {
  const store = new DisposableStore();
  const client = store.add(new LanguageClient(() => startLanguageWorker(workerScript), onFault));
  const session = store.add(new LanguageSession(client));
  store.add(showDiagnostics(session));
  store.add(new FactsKeeper({ state, engine, client, session }));
  let providers = registerProviders(session, state);
  store.add({ dispose: () => providers.dispose() });
  store.add(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration(SETTINGS.policyFile)) return;
      // Another file is the policy now, and providers are chosen by its name.
      providers.dispose();
      providers = registerProviders(session, state);
    }),
  );
  return store;
}

function registerProviders(session: LanguageSession, state: SignoffState): Disposable {
  const store = new DisposableStore();
  const { languages } = vscode;
  const selector = policySelector();
  const providedCodeActionKinds = CODE_ACTION_KINDS;
  store.add(languages.registerCompletionItemProvider(selector, completionProvider(session), ...COMPLETION_TRIGGERS));
  store.add(languages.registerHoverProvider(selector, hoverProvider(session)));
  store.add(provideInlayValues(session));
  store.add(languages.registerCodeActionsProvider(selector, codeActionProvider(session), { providedCodeActionKinds }));
  store.add(languages.registerDocumentSymbolProvider(selector, symbolProvider(session)));
  store.add(languages.registerFoldingRangeProvider(selector, foldingProvider(session)));
  store.add(languages.registerDefinitionProvider(selector, definitionProvider(session)));
  store.add(languages.registerCodeLensProvider(selector, policyLensProvider(session, state)));
  store.add(languages.registerReferenceProvider(selector, referenceProvider(session)));
  store.add(languages.registerDocumentFormattingEditProvider(selector, formattingProvider(session)));
  return store;
}
