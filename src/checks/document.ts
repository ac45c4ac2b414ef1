import { readFile, stat } from 'node:fs/promises';
import { sha256Hex } from '../base/hashing.ts';
import { listInWords } from '../base/text.ts';
import { isWritten, readMarkdown, sameTitle } from '../evidence/document.ts';
import { locateArtifact } from '../evidence/locate-artifact.ts';
import type { DocumentCheck } from '../policy/schema.ts';
import { type CheckContext, type Finding, notEvaluable } from './check-context.ts';
import type { EvidenceFile, OutcomePart, OutcomeStatus } from './outcome.ts';

const MOST_BYTES = 5_000_000;

interface Requirement {
  readonly name: string;
  readonly status: Extract<OutcomeStatus, 'pass' | 'fail' | 'not_evaluable'>;
  /** Why it does not hold, to follow "the document"; empty when it holds. */
  readonly complaint: string;
}

/**
 * A document exists, is not empty, and has each section with something of one's own in it. Its parts are these
 * requirements. A document that is not there fails: being there is what is asked.
 */
export async function checkDocument(check: DocumentCheck, context: CheckContext): Promise<Finding> {
  const located = locateArtifact(check.path, context);
  if (!located.ok && located.problem.code === 'artifact-missing') {
    const absent: Requirement = { name: 'exists', status: 'fail', complaint: 'does not exist' };
    return finding(check, [absent, ...later(check, 'can’t be read')], []);
  }
  if (!located.ok) return notEvaluable(located.problem.message);
  const [absolute, ...others] = located.value.absolute;
  const [relative] = located.value.relative;
  if (absolute === undefined || relative === undefined || others.length > 0) {
    return notEvaluable(`“${check.path}” matches ${others.length + 1} files; a document is one file.`);
  }
  const text = await readText(absolute, context.signal);
  if (typeof text === 'string') return notEvaluable(`The document “${check.path}” ${text}.`);
  const evidence = [{ path: relative, sha256: text.sha256 }];
  return finding(check, [existence(text.content), ...sections(check, text.content), ...unsupported(check)], evidence);
}

/** The text and its digest, from one reading; or why it can't be read. */
async function readText(
  path: string,
  signal: AbortSignal | undefined,
): Promise<{ content: string; sha256: string } | string> {
  const { size, isFile } = await stat(path).then((found) => ({ size: found.size, isFile: found.isFile() }));
  if (!isFile) return 'is not a file';
  if (size > MOST_BYTES) return 'is larger than 5 MB';
  const bytes = await readFile(path, signal ? { signal } : {});
  try {
    return { content: new TextDecoder('utf-8', { fatal: true }).decode(bytes), sha256: sha256Hex(bytes) };
  } catch {
    return 'is not UTF-8 text';
  }
}

function existence(content: string): Requirement {
  const isEmpty = content.trim() === '';
  return { name: 'exists', status: isEmpty ? 'fail' : 'pass', complaint: isEmpty ? 'is empty' : '' };
}

function sections(check: DocumentCheck, content: string): Requirement[] {
  const document = readMarkdown(content);
  return (check.sections ?? []).map((title) => {
    const name = sectionName(title);
    const found = document.sections.filter((section) => sameTitle(section.title, title));
    if (found.some(isWritten)) return { name, status: 'pass', complaint: '' };
    const complaint =
      found.length > 0 ? `leaves “${title}” empty or at its template text` : `has no section “${title}”`;
    return { name, status: 'fail', complaint };
  });
}

/** The requirements besides existence, when they can't be looked at. */
function later(check: DocumentCheck, complaint: string): Requirement[] {
  const unread = (check.sections ?? []).map(
    (title): Requirement => ({ name: sectionName(title), status: 'not_evaluable', complaint }),
  );
  return [...unread, ...unsupported(check)];
}

function unsupported(check: DocumentCheck): Requirement[] {
  const names = [
    ...(check.front_matter !== undefined ? ['front_matter'] : []),
    ...(check.max_age !== undefined ? ['max_age'] : []),
    ...(check.numbers_match ? ['numbers_match'] : []),
  ];
  return names.map((name) => ({
    name,
    status: 'not_evaluable',
    complaint: `can’t be judged by \`${name}\`, which is not supported by this version`,
  }));
}

function sectionName(title: string): string {
  return `section: ${title}`;
}

function finding(
  check: DocumentCheck,
  requirements: readonly Requirement[],
  evidence: readonly EvidenceFile[],
): Finding {
  const status = worst(requirements);
  const complaints = requirements.filter((each) => each.status === status && each.complaint !== '');
  const said = listInWords([...new Set(complaints.map(({ complaint }) => complaint))]);
  const written = check.sections === undefined ? 'exists' : 'exists and every required section is written';
  return {
    status,
    value: null,
    bound: null,
    interval: null,
    rows: null,
    formula: null,
    parts: requirements.map(
      ({ name, status: own }): OutcomePart => ({ name, status: own, value: null, interval: null, rows: null }),
    ),
    message: status === 'pass' ? `The document “${check.path}” ${written}.` : `The document “${check.path}” ${said}.`,
    evidence,
  };
}

function worst(requirements: readonly Requirement[]): Requirement['status'] {
  for (const status of ['fail', 'not_evaluable'] as const) {
    if (requirements.some((requirement) => requirement.status === status)) return status;
  }
  return 'pass';
}
