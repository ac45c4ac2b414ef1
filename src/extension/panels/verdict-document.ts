import type { Verdict } from '../../approval/verdict.ts';
import { codeCell, figuresCell, numberCell, statusCell, textCell } from '../../report/document/cells.ts';
import { asTable } from '../../report/document/tables.ts';
import { day, dayAndTime } from '../../report/document/times.ts';
import type { PanelDocument, Row } from '../protocol.ts';
import { t } from '../translation.ts';
import { visible } from '../visible-text.ts';

export interface VerdictSubject {
  readonly model: string;
  readonly run: string;
  readonly environment: string;
  readonly trustedRef: string;
}

/** What a pipeline would be told by `signoff verify`. */
export function verdictDocument(verdict: Verdict, subject: VerdictSubject): PanelDocument {
  const { model, run, environment, trustedRef } = subject;
  return {
    title: t('Verdict: {0}', visible(model)),
    subtitle: t('May run {0} go live in {1}?', visible(run), visible(environment)),
    verdict: verdict.approved
      ? { text: t('Approved for {0}', visible(environment)), tone: 'good', symbol: '✓' }
      : { text: t('Not approved for {0}', visible(environment)), tone: 'bad', symbol: '✗' },
    facts: [
      { name: t('Trusted'), value: visible(trustedRef), kind: 'code' },
      { name: t('Run'), value: visible(run), kind: 'code' },
    ],
    tables: [
      {
        id: 'reasons',
        title: t('Why not'),
        columns: [{ title: t('Reason') }, { title: t('Code'), kind: 'code' as const }],
        rows: verdict.reasons.map(
          (reason, index): Row => ({
            id: String(index),
            attention: 'needed',
            cells: [textCell(reason.message), codeCell(reason.code)],
          }),
        ),
      },
      {
        id: 'quorum',
        title: t('Quorum'),
        columns: [
          { title: t('Status') },
          { title: t('Role') },
          { title: t('Need'), kind: 'number' as const },
          { title: t('Have'), kind: 'number' as const },
        ],
        rows: Object.entries(verdict.quorum).map(
          ([role, { need, have }]): Row => ({
            id: role,
            attention: have >= need ? 'none' : 'needed',
            cells: [
              statusCell(have >= need ? 'pass' : 'pending', t),
              textCell(role),
              numberCell(need),
              numberCell(have),
            ],
          }),
        ),
      },
      {
        id: 'approvals',
        title: t('Signatures that count'),
        columns: [
          { title: t('Person') },
          { title: t('Role') },
          { title: t('Signed'), kind: 'number' as const },
          { title: t('Valid until'), kind: 'number' as const },
        ],
        rows: verdict.approvals.map(
          (approval): Row => ({
            id: approval.id,
            attention: 'none',
            cells: [
              textCell(approval.person, { notes: [approval.key] }),
              textCell(approval.role),
              figuresCell([dayAndTime(approval.issued)]),
              figuresCell([day(approval.expires)]),
            ],
          }),
        ),
      },
      {
        id: 'ignored',
        title: t('Files that do not count'),
        columns: [{ title: t('File'), kind: 'code' as const }, { title: t('Why') }],
        rows: verdict.ignored.map(
          (file): Row => ({
            id: file.file,
            attention: 'needed',
            cells: [codeCell(file.file), textCell(file.message, { notes: [file.code] })],
          }),
        ),
      },
    ]
      .filter((table) => table.rows.length > 0)
      .map(asTable),
    actions: [{ action: 'verify', label: t('Verify Again…'), appearance: 'secondary' }],
    footnotes: [t('This is what “signoff verify --trusted-ref {0}” answers.', visible(trustedRef))],
  };
}
