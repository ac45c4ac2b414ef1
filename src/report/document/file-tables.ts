import type { Translate } from '../../base/translate.ts';
import type { EvidenceFile, Outcome } from '../../checks/outcome.ts';
import { codeCell, numberCell } from './cells.ts';
import type { ReportMaterial } from './report-material.ts';
import type { PlainTable } from './tables.ts';

/** The files that outcomes rest on, each once, in the order of their paths: a file's number is its place. */
export function numberedEvidence(outcomes: readonly Outcome[]): readonly EvidenceFile[] {
  const files = outcomes.flatMap(({ evidence }) => evidence);
  return [...new Map(files.map((file) => [`${file.path} ${file.sha256}`, file])).entries()]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, file]) => file);
}

/** The files that values were computed from, by digest. */
export function evidenceTable({ assessment }: ReportMaterial, t: Translate): readonly PlainTable[] {
  const files = numberedEvidence(assessment.outcomes);
  if (files.length === 0) return [];
  return [
    {
      id: 'evidence',
      title: t('Evidence'),
      lead: t('The files that values were computed from, by digest. Paths are relative to the policy’s folder.'),
      columns: [
        { title: t('No.'), kind: 'number' },
        { title: t('File'), kind: 'code' },
        { title: t('sha256'), kind: 'code' },
      ],
      rows: files.map(({ path, sha256 }, index) => ({
        id: `${path} ${sha256}`,
        attention: 'none',
        cells: [numberCell(index + 1), codeCell(path, { opens: path }), codeCell(sha256)],
      })),
    },
  ];
}

/** The files that would be deployed: what an approval names. */
export function modelFileTable({ modelFiles }: ReportMaterial, t: Translate): readonly PlainTable[] {
  if (modelFiles.length === 0) return [];
  return [
    {
      id: 'model-files',
      title: t('Files of the model'),
      lead: t('The model’s digest is the sha256 of these lines: digest, two blanks, name.'),
      columns: [
        { title: t('File'), kind: 'code' },
        { title: t('sha256'), kind: 'code' },
      ],
      rows: modelFiles.map(({ name, sha256 }) => ({
        id: name,
        attention: 'none',
        cells: [codeCell(name), codeCell(sha256)],
      })),
    },
  ];
}
