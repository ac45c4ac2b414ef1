import { FieldError, FieldReader } from './field-reader.ts';
import { isSha256 } from './formats.ts';
import { quote } from './quote.ts';
import type { Subject } from './statement.ts';

/** At least one file, each name once, in byte order: one set of files has one spelling. */
export function readSubjects(statement: FieldReader): Subject[] {
  const subjects = statement.list('subject', (item, path) => {
    const subject = new FieldReader(item, path, ['name', 'digest']);
    const digest = subject.object('digest', ['sha256']);
    return { name: subject.text('name', isSubjectName), digest: { sha256: digest.text('sha256', isSha256) } };
  });
  if (subjects.length === 0) throw new FieldError('statement.subject is empty.');
  for (let index = 1; index < subjects.length; index++) {
    const order = Buffer.compare(
      Buffer.from(subjects[index - 1]?.name ?? ''),
      Buffer.from(subjects[index]?.name ?? ''),
    );
    if (order === 0) throw new FieldError(`statement.subject names ${quote(subjects[index]?.name ?? '')} twice.`);
    if (order > 0) throw new FieldError('statement.subject is not sorted by name.');
  }
  return subjects;
}

function isSubjectName(name: string): boolean {
  return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..') && !/[\\\0\n]/.test(name);
}
