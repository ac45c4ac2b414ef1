import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { approvalsFolder } from './file-names.ts';
import { readApprovals } from './read-approvals.ts';
import type { SignedStatement } from './signed-statement.ts';
import type { ApprovalSituation } from './situation.ts';
import type { ApprovalStatement } from './statement.ts';

/**
 * An approval that lies in the work tree but not in HEAD: a sign-off that was interrupted before its commit. It counts
 * for nothing until it is committed, but signing a second one would leave two.
 */
export function leftOverEnvelope(
  situation: ApprovalSituation,
  topLevel: string,
  isWanted: (approval: SignedStatement) => boolean,
): { readonly envelope: Uint8Array; readonly statement: ApprovalStatement } | undefined {
  const { folder, policy, signers, now, statements } = situation;
  if (signers === undefined) return undefined;
  const committed = new Set(statements.map(({ file }) => file));
  for (const path of filesBelow(topLevel, approvalsFolder(folder, policy.model))) {
    if (committed.has(path)) continue;
    const content = readFileSync(join(topLevel, path));
    const [found] = readApprovals([{ path, content, inHead: false }], { folder, policy, signers, now }).statements;
    if (found !== undefined && isWanted(found)) return { envelope: content, statement: found.statement };
  }
  return undefined;
}

function filesBelow(topLevel: string, folder: string): string[] {
  try {
    return readdirSync(join(topLevel, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(topLevel.length + 1)
          .replaceAll('\\', '/'),
      )
      .sort();
  } catch {
    return []; // No approval has ever been written here.
  }
}
