import { basename } from 'node:path';
import * as vscode from 'vscode';
import { POLICY_FILE_NAMES } from '../ids.ts';

const RED_HAT_YAML = 'redhat.vscode-yaml';

/** What Red Hat's YAML extension does for a policy, by the schema that our manifest gives it. */
export interface YamlNeighbour {
  readonly validates: boolean;
  readonly completes: boolean;
  readonly describes: boolean;
  readonly formats: boolean;
  /** Symbols and folding come with the language, and no setting turns them off. */
  readonly outlines: boolean;
}

const ABSENT: YamlNeighbour = {
  ...{ validates: false, completes: false, describes: false },
  ...{ formats: false, outlines: false },
};

/**
 * Whether the same is shown by somebody else already. The extension starts with the first YAML document, so being
 * enabled is enough; and it knows our schema for the usual file names alone.
 */
export function yamlNeighbourOf({ languageId, fileName, uri }: vscode.TextDocument): YamlNeighbour {
  const isThere = vscode.extensions.getExtension(RED_HAT_YAML) !== undefined;
  if (!isThere || languageId !== 'yaml') return ABSENT;
  const settings = vscode.workspace.getConfiguration('yaml', uri);
  const isOn = (name: string): boolean => settings.get<boolean>(name) !== false;
  const knowsSchema = POLICY_FILE_NAMES.includes(basename(fileName));
  return {
    validates: knowsSchema && isOn('validate'),
    completes: knowsSchema && isOn('completion'),
    describes: knowsSchema && isOn('hover'),
    formats: isOn('format.enable'),
    outlines: true,
  };
}

/** Tells when the neighbour may have come, gone or changed its ways. */
export function onDidChangeYamlNeighbour(listener: () => void): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.extensions.onDidChange(listener),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('yaml')) listener();
    }),
  );
}
