import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MAX_ENVELOPE_BYTES } from './dsse.ts';
import { approvalsFolder } from './file-names.ts';
import { readApprovals } from './read-approvals.ts';
import type { SignedStatement } from './signed-statement.ts';
import type { ApprovalSituation } from './situation.ts';

/** A statement that lies in the work tree but not in HEAD: signed, and interrupted before its commit. */
export interface LeftOver {
  readonly envelope: Uint8Array;
  readonly signed: SignedStatement;
}

/**
 * What was signed and not committed. It counts for nothing until it is, but signing a second one would leave two, and
 * the first, which is staged already, would go into the user's next commit.
 */
export function leftOvers(situation: ApprovalSituation, topLevel: string): LeftOver[] {
  const { folder, policy, signers, now, approvals } = situation;
  if (signers === undefined) return [];
  const committed = new Set(approvals.statements.map(({ file }) => file));
  const found: LeftOver[] = [];
  for (const path of filesBelow(topLevel, approvalsFolder(folder, policy.model))) {
    if (committed.has(path) || statSync(join(topLevel, path)).size > MAX_ENVELOPE_BYTES) continue;
    const envelope = readFileSync(join(topLevel, path));
    const file = { path, content: envelope, inHead: false };
    const [signed] = readApprovals([file], { folder, policy, signers, now }).statements;
    if (signed !== undefined) found.push({ envelope, signed });
  }
  return found;
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
