import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AllowedSigners, parseAllowedSigners } from '../../approval/allowed-signers.ts';
import { signoffFolder } from '../../approval/file-names.ts';
import type { Problem } from '../../base/result.ts';
import { countOf } from '../../base/text.ts';
import { readBlob, resolveCommit } from '../../git/objects.ts';
import { parsePolicy } from '../../policy/parse.ts';
import type { Policy } from '../../policy/schema.ts';
import type { PolicyRepository } from '../policy-repository.ts';
import { problemInWords } from '../terminal.ts';
import { type Finding, failed, ok, warn } from './finding.ts';

export interface ExaminedPolicy {
  readonly policy: Policy | undefined;
  readonly signers: AllowedSigners | undefined;
  readonly findings: readonly Finding[];
}

/** The policy and the signers as they lie there, and whether that is what is committed. */
export async function examinePolicy(place: PolicyRepository): Promise<ExaminedPolicy> {
  const { policyPath } = place;
  const { allowedSigners } = signoffFolder(policyPath);
  const policyText = textAt(place, policyPath);
  const signersText = textAt(place, allowedSigners);
  const parsed = policyText === undefined ? undefined : parsePolicy(policyText, policyPath);
  const policy = parsed?.problems.some(({ severity }) => severity === 'error') ? undefined : parsed?.value;
  const signers = signersText === undefined ? undefined : parseAllowedSigners(signersText, allowedSigners);
  const findings = [
    ...(policyText === undefined
      ? [failed('policy', `There is no ${policyPath}: write one with signoff init.`)]
      : [
          ...problemsOf('policy', parsed?.problems ?? [], `${policyPath} can be read.`),
          await committed(place, policyPath, policyText),
        ]),
    ...(signersText === undefined || signers === undefined
      ? [failed('signers', `There is no ${allowedSigners}, so no key belongs to anybody: signoff init writes one.`)]
      : [
          ...problemsOf(
            'signers',
            signers.problems,
            `${allowedSigners} names ${countOf(signers.byFingerprint.size, 'key')}.`,
          ),
          await committed(place, allowedSigners, signersText),
          ...peopleWithoutKey(policy, signers, allowedSigners),
        ]),
  ];
  return { policy, signers, findings };
}

function problemsOf(about: string, problems: readonly Problem[], fine: string): Finding[] {
  if (problems.length === 0) return [ok(about, fine)];
  return problems.map((problem) =>
    (problem.severity === 'error' ? failed : warn)(about, problemInWords({ ...problem, severity: 'error' })),
  );
}

/** Pipelines and colleagues see what is committed, line ends aside. */
async function committed({ repository }: PolicyRepository, path: string, text: string): Promise<Finding> {
  const head = await resolveCommit(repository, 'HEAD');
  const bytes = head === undefined ? undefined : await readBlob(repository, head, path);
  const plain = (content: string) => content.replaceAll('\r\n', '\n');
  if (bytes !== undefined && plain(Buffer.from(bytes).toString('utf8')) === plain(text))
    return ok(path, 'It is committed as it lies there.');
  return warn(
    path,
    `${bytes === undefined ? 'It is not committed' : 'It has changes that are not committed'}: commit it, so that they count.`,
  );
}

function peopleWithoutKey(policy: Policy | undefined, signers: AllowedSigners, path: string): Finding[] {
  const known = new Set(
    [...signers.byFingerprint.values()].filter(({ mayApprove }) => mayApprove).map(({ person }) => person),
  );
  const without = [...new Set(Object.values(policy?.signoff.roles ?? {}).flat())].filter(
    (person) => !known.has(person),
  );
  if (without.length === 0) return [];
  return [warn('signers', `${path} has no key for ${without.join(', ')}, so they can't sign: ask each for a line.`)];
}

function textAt({ repository }: PolicyRepository, path: string): string | undefined {
  try {
    return readFileSync(join(repository.topLevel, path), 'utf8');
  } catch {
    return undefined;
  }
}
