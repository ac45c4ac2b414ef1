import * as vscode from 'vscode';
import type { Credential } from '../../base/http-credential.ts';

const GITHUB_API = 'https://api.github.com';
/** Dispatching workflows, answering deployments and setting statuses all ask for no more than this. */
const SCOPES = ['repo'];

/**
 * VS Code's own GitHub session, for GitHub's interface and no other server. Asked for at the moment of use, and only where
 * the person has stored no token; undefined where VS Code has no such account or the person declines.
 */
export async function githubSession(origin: string): Promise<Credential | undefined> {
  if (origin !== GITHUB_API) return undefined;
  try {
    const session = await vscode.authentication.getSession('github', SCOPES, { createIfNone: true });
    return { kind: 'bearer', token: session.accessToken };
  } catch {
    return undefined;
  }
}
