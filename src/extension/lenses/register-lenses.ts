import * as vscode from 'vscode';
import type { Engine } from '../engine-client.ts';
import { type Disposable, DisposableStore } from '../lifecycle.ts';
import type { SignoffState } from '../state/signoff-state.ts';
import { RUN_FILES, runFileLensProvider } from './run-file-lenses.ts';
import { SIGNED_FILES, signedFileLensProvider } from './signed-file-lenses.ts';

/** Words above the files that runs leave and above what people signed. Those of policies come with the language service. */
export function registerLenses(state: SignoffState, engine: Engine): Disposable {
  const store = new DisposableStore();
  const { languages } = vscode;
  store.add(languages.registerCodeLensProvider(RUN_FILES, runFileLensProvider(state)));
  store.add(languages.registerCodeLensProvider(SIGNED_FILES, signedFileLensProvider(state, engine)));
  return store;
}
