import { codeCell, plain, textCell } from '../../report/document/cells.ts';
import { asTable, type PlainTable } from '../../report/document/tables.ts';
import type { PreparedReply } from '../engine/tickets.ts';
import type { PanelDocument, Row } from '../protocol.ts';
import { t } from '../translation.ts';

/**
 * Exactly what is about to be signed: every field in words, beside the statement itself and its digest. The panel signs
 * nothing and asks nothing; the modal does.
 */
export function reviewDocument({ fields, model, payload, digest, openPoints }: PreparedReply): PanelDocument {
  // Files stand indented below their heading.
  const files = fields.filter(({ label }) => label.startsWith(' '));
  const words = fields.filter(({ label }) => !label.startsWith(' '));
  const decision = fields.find(({ label }) => label === 'Decision')?.value ?? '';
  return {
    title: t('What will be signed'),
    subtitle: t('Nothing is signed before you confirm it in the dialog.'),
    layout: 'passages beside',
    verdict: { text: plain(decision), tone: 'plain', symbol: '✎' },
    facts: [{ name: t('Digest of what is signed (sha256)'), value: digest, kind: 'code' }],
    tables: [...remarksTable(openPoints), wordsTable(words), ...filesTable(files, model.id)].map(asTable),
    passages: [
      {
        id: 'statement',
        title: t('The signed statement'),
        paragraphs: [
          t('Indented here for reading; it is signed on one line, and the digest is of that line.'),
          { code: indented(payload) },
        ],
      },
    ],
    actions: [],
    footnotes: [],
  };
}

function wordsTable(fields: PreparedReply['fields']): PlainTable {
  return {
    id: 'words',
    title: t('In words'),
    columns: [{ title: t('Field') }, { title: t('Value') }],
    rows: fields.map(({ label, value }, index) => row(index, label, value)),
  };
}

function filesTable(fields: PreparedReply['fields'], modelId: string): readonly PlainTable[] {
  if (fields.length === 0) return [];
  return [
    {
      id: 'files',
      title: t('Model files'),
      lead: t('Together {0}.', modelId),
      columns: [{ title: t('File') }, { title: t('Digest') }],
      rows: fields.map(
        ({ label, value }, index): Row => ({
          id: String(index),
          attention: 'none',
          cells: [codeCell(label.trim()), codeCell(value)],
        }),
      ),
    },
  ];
}

function remarksTable(remarks: readonly string[]): readonly PlainTable[] {
  if (remarks.length === 0) return [];
  const rows = remarks.map(
    (remark, index): Row => ({ id: String(index), attention: 'none', cells: [textCell(remark)] }),
  );
  return [{ id: 'remarks', title: t('Keep in mind'), columns: [{ title: t('After this signature') }], rows }];
}

function row(index: number, label: string, value: string): Row {
  return { id: String(index), attention: 'none', cells: [textCell(label, { tone: 'quiet' }), textCell(value)] };
}

/** Line by line, so that nothing in the statement can hide or reorder what stands there. */
function indented(payload: string): string {
  return JSON.stringify(JSON.parse(payload), null, 2).split('\n').map(plain).join('\n');
}
