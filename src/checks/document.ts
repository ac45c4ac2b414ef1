import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, type Result, succeed } from '../base/result.ts';
import { listInWords } from '../base/text.ts';
import { decodeText, type EvidenceBytes, readEvidence, readEvidenceAt } from '../evidence/evidence-file.ts';
import type { CardNumber } from '../evidence/model-card.ts';
import { compareBytes, liesInside } from '../evidence/paths.ts';
import type { DocumentCheck } from '../policy/schema.ts';
import { type CheckContext, type Finding, notEvaluable } from './check-context.ts';
import { ageRequirement } from './document/age.ts';
import { type Card, isFilled, readCard } from './document/card.ts';
import { numbersRequirement } from './document/numbers.ts';
import type { EvidenceFile } from './outcome.ts';
import { cannotTell, fails, holds, type Requirement, requirementsFinding } from './requirements.ts';

const MOST_BYTES = 1_000_000;
const MOST_RESULT_FILES = 100;
/** Where newer Hugging Face cards keep their numbers, beside the card. */
const RESULTS_FOLDER = '.eval_results';

/**
 * A document exists, is not empty, has each section with something of one's own in it, the front matter's keys, an age
 * within bounds, and states the run's own numbers. Its parts are these requirements. A document that is not there
 * fails: being there is what is asked.
 */
export async function checkDocument(check: DocumentCheck, context: CheckContext): Promise<Finding> {
  const read = await readEvidence(check.path, context, {
    what: 'The document',
    mostBytes: MOST_BYTES,
    signal: context.signal,
  });
  if (!read.ok && read.problem.code === 'artifact-missing') {
    return finding(check, [fails('exists', 'does not exist'), ...unread(check, 'can’t be read')], []);
  }
  if (!read.ok) return notEvaluable(read.problem.message);
  const evidence = [read.value.file];
  const content = decodeText(read.value.bytes);
  if (content === undefined) return notEvaluable(`The document “${check.path}” is not UTF-8 text.`, { evidence });
  if (content.trim() === '') {
    return finding(check, [fails('exists', 'is empty'), ...unread(check, 'has nothing to look at')], evidence);
  }
  const card = readCard(check.path, content);
  const requirements = [
    holds('exists'),
    ...sections(check, card),
    ...frontMatter(check, card),
    ...age(check, card, context),
  ];
  if (check.numbers_match !== true) return finding(check, requirements, evidence);
  const beside = await resultFiles(read.value, context);
  const numbers = numbersOf(card, beside, context);
  return finding(
    check,
    [...requirements, numbers],
    [...evidence, ...(beside.ok ? beside.value.map(({ file }) => file) : [])],
  );
}

function sections(check: DocumentCheck, card: Card): Requirement[] {
  return (check.sections ?? []).map((title) => {
    const complaint = card.sectionComplaint(title);
    return complaint === undefined ? holds(sectionName(title)) : fails(sectionName(title), complaint);
  });
}

function frontMatter(check: DocumentCheck, card: Card): Requirement[] {
  if (check.front_matter === undefined) return [];
  const name = 'front_matter';
  const properties = card.properties();
  if (!properties.ok) {
    return [
      properties.problem.code === 'no-front-matter'
        ? fails(name, properties.problem.message)
        : cannotTell(name, properties.problem.message),
    ];
  }
  const missing = check.front_matter.filter((key) => !isFilled(properties.value.get(key)));
  if (missing.length === 0) return [holds(name)];
  return [fails(name, `has no value for ${listInWords(missing.map((key) => `“${key}”`))} in its front matter`)];
}

function age(check: DocumentCheck, card: Card, { run }: CheckContext): Requirement[] {
  if (check.max_age === undefined) return [];
  const properties = card.properties();
  if (!properties.ok && properties.problem.code !== 'no-front-matter') {
    return [cannotTell('max_age', properties.problem.message)];
  }
  return [ageRequirement(properties.ok ? properties.value : new Map(), check.max_age, run.endTime)];
}

function numbersOf(card: Card, beside: Result<readonly ResultFile[]>, { run, policy }: CheckContext): Requirement {
  const name = 'numbers_match';
  if (!beside.ok) return cannotTell(name, beside.problem.message);
  const numbers: CardNumber[] = [];
  const own = card.numbers(policy.model);
  if (own.ok) numbers.push(...own.value);
  // A card without numbers of its own may leave them to the files beside it; one that is damaged may not.
  else if (own.problem.code !== 'no-numbers' && own.problem.code !== 'no-front-matter')
    return cannotTell(name, own.problem.message);
  for (const { card: results, file } of beside.value) {
    const found = results.numbers(policy.model);
    if (!found.ok) return cannotTell(name, `has “${file.path}” beside it, which ${found.problem.message}`);
    numbers.push(...found.value);
  }
  if (numbers.length === 0) return cannotTell(name, own.ok ? 'states no number' : own.problem.message);
  return numbersRequirement(numbers, run);
}

interface ResultFile {
  readonly card: Card;
  readonly file: EvidenceFile;
}

/** The YAML files in `.eval_results` beside a Markdown card, in the order of their names. */
async function resultFiles(document: EvidenceBytes, { signal }: CheckContext): Promise<Result<readonly ResultFile[]>> {
  if (/\.(?:json|ya?ml)$/i.test(document.location)) return succeed([]);
  const folder = join(dirname(document.location), RESULTS_FOLDER);
  const names = (await readdir(folder).catch(() => [])).filter((name) => /\.ya?ml$/i.test(name)).sort(compareBytes);
  if (names.length > MOST_RESULT_FILES)
    return fail('too-many-files', `has more than ${MOST_RESULT_FILES} files of results beside it`);
  const files: ResultFile[] = [];
  for (const name of names) {
    const location = join(folder, name);
    const path = `${dirname(document.file.path)}/${RESULTS_FOLDER}/${name}`.replace(/^\.\//, '');
    if (!liesInside(dirname(document.location), location))
      return fail('path-refused', `has “${path}” beside it, which leads elsewhere`);
    const read = await readEvidenceAt(location, path, { what: 'The file', mostBytes: MOST_BYTES, signal });
    const content = read.ok ? decodeText(read.value.bytes) : undefined;
    if (!read.ok || content === undefined) return fail('unreadable', `has “${path}” beside it, which can’t be read`);
    files.push({ card: readCard(path, content), file: read.value.file });
  }
  return succeed(files);
}

/** The requirements besides existence, when they can't be looked at. */
function unread(check: DocumentCheck, complaint: string): Requirement[] {
  const names = [
    ...(check.sections ?? []).map(sectionName),
    ...(check.front_matter !== undefined ? ['front_matter'] : []),
    ...(check.max_age !== undefined ? ['max_age'] : []),
    ...(check.numbers_match === true ? ['numbers_match'] : []),
  ];
  return names.map((name) => cannotTell(name, complaint));
}

function sectionName(title: string): string {
  return `section: ${title}`;
}

function finding(
  check: DocumentCheck,
  requirements: readonly Requirement[],
  evidence: readonly EvidenceFile[],
): Finding {
  const also = [
    ...(check.sections === undefined ? [] : ['every required section is written']),
    ...(check.front_matter === undefined ? [] : ['its front matter is complete']),
    ...(check.max_age === undefined ? [] : [`it is at most ${check.max_age} old at the run’s end`]),
    ...(check.numbers_match === true ? ['the numbers in its metadata are the run’s'] : []),
  ];
  const whenAllHold = `The document “${check.path}” ${listInWords(['exists', ...also])}.`;
  return requirementsFinding(requirements, { subject: `The document “${check.path}”`, whenAllHold }, evidence);
}
