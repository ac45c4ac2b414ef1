import { basename } from 'node:path';
import * as vscode from 'vscode';
import { POLICY_FILE_NAMES, SETTINGS } from '../ids.ts';

/** The names under which the editor takes a file for a policy: the usual ones, and what the setting says. */
export function isPolicyFile({ uri, fileName }: Pick<vscode.TextDocument, 'uri' | 'fileName'>): boolean {
  if (uri.scheme !== 'file' && uri.scheme !== 'untitled') return false;
  return POLICY_FILE_NAMES.includes(basename(fileName)) || isConfigured(fileName);
}

/** For providers: any language, since a policy may be written as JSON. */
export function policySelector(): vscode.DocumentFilter[] {
  const configured = configuredFile();
  const names = [...POLICY_FILE_NAMES, ...(configured === undefined ? [] : [basename(configured)])];
  const pattern = `**/{${[...new Set(names)].map(escaped).join(',')}}`;
  return [
    { scheme: 'file', pattern },
    { scheme: 'untitled', pattern },
  ];
}

/** The policies that are open now. */
export function openPolicies(): readonly vscode.TextDocument[] {
  return vscode.workspace.textDocuments.filter(isPolicyFile);
}

function isConfigured(fileName: string): boolean {
  const setting = configuredFile();
  return setting !== undefined && fileName.replaceAll('\\', '/').endsWith(`/${setting.replace(/^(?:\.?\/)+/, '')}`);
}

function configuredFile(): string | undefined {
  const setting = vscode.workspace.getConfiguration().get<string>(SETTINGS.policyFile);
  return setting === undefined || setting === '' ? undefined : setting.replaceAll('\\', '/');
}

function escaped(name: string): string {
  return name.replaceAll(/[[\]{}*?,]/g, '?');
}
