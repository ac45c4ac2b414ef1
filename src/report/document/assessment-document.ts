import type { Translate } from '../../base/translate.ts';
import type { Outcome } from '../../checks/outcome.ts';
import { countWords, holds } from '../status.ts';
import { plain } from './cells.ts';
import { checkTable, groundsTable, partTable } from './check-tables.ts';
import type { Document, Fact, VerdictLine } from './document.ts';
import { evidenceTable, modelFileTable } from './file-tables.ts';
import { historyTable, objectionTable } from './history-tables.ts';
import { type ReportMaterial, recordOf } from './report-material.ts';
import { saidTable } from './said-table.ts';
import { ignoredTable, reasonTable, signatureTable } from './signature-tables.ts';
import { asTable } from './tables.ts';
import { verificationPassage } from './verification-passage.ts';

/** The assessment as a person reads it, with what was signed about it, and how to find out whether it is true. */
export function assessmentDocument(material: ReportMaterial, t: Translate): Document {
  const { assessment, digest, policy, record } = material;
  const { outcomes, tool } = assessment;
  const plainTables = [
    ...saidTable(material, t),
    ...signatureTable(material, t),
    ...reasonTable(material, t),
    ...historyTable(material, t),
    ...objectionTable(material, t),
    ...partTable(outcomes, t),
    ...groundsTable(outcomes, policy, t),
    ...evidenceTable(material, t),
    ...modelFileTable(material, t),
    ...ignoredTable(material, t),
  ];
  const judged =
    record === undefined
      ? []
      : [t('Signatures judged on {0} (UTC), as of commit {1}.', record.judgedOn, record.commit)];
  return {
    title: t('Report: {0}', plain(assessment.model)),
    subtitle: t('Run {0}', plain(assessment.run.name)),
    verdict: verdictLine(material, t),
    facts: factsOf(material, t),
    tables: [checkTable(outcomes, policy, t), ...plainTables.map(asTable)],
    passages: [verificationPassage(material, t)],
    footnotes: [...judged, t('Made by {0} {1}. Assessment sha256 {2}.', tool.name, tool.version, digest)],
  };
}

function verdictLine(material: ReportMaterial, t: Translate): VerdictLine {
  const { assessment, environment = '' } = material;
  const standing = recordOf(material)?.standing;
  if (standing === 'approved') return { text: t('Approved for {0}', environment), tone: 'good', symbol: '✓' };
  if (standing === 'rejected') return { text: t('Rejected for {0}', environment), tone: 'bad', symbol: '✗' };
  return openLine(assessment.outcomes, t);
}

/** Nobody has decided yet: what stands in the way. */
function openLine(outcomes: readonly Outcome[], t: Translate): VerdictLine {
  const required = outcomes.filter((outcome) => outcome.severity === 'required');
  const open = required.filter((outcome) => !holds(outcome));
  if (open.length === 0 && required.length > 0) {
    const text = t('All {0} required checks hold. Signatures are missing.', required.length);
    return { text, tone: 'warning', symbol: '…' };
  }
  const isBad = open.some(({ status }) => status === 'fail' || status === 'not_evaluable');
  return { text: countWords(outcomes, t), tone: isBad ? 'bad' : 'warning', symbol: isBad ? '✗' : '…' };
}

function factsOf(material: ReportMaterial, t: Translate): readonly Fact[] {
  const { assessment, digest, environment } = material;
  const { project, run, policy, model_id } = assessment;
  return [
    { name: t('Project'), value: plain(project) },
    ...(environment === undefined ? [] : [{ name: t('Environment'), value: plain(environment) }]),
    { name: t('Run'), value: plain(run.id), kind: 'code' },
    { name: t('Runs from'), value: plain(run.source), kind: 'code' },
    modelFact(model_id, t),
    { name: t('Policy'), value: `${plain(policy.path)} · sha256 ${policy.sha256}`, kind: 'code' },
    { name: t('Assessment'), value: `sha256 ${digest}`, kind: 'code' },
    replacesFact(material, t),
  ];
}

function modelFact(id: string | null, t: Translate): Fact {
  return id === null
    ? { name: t('Model'), value: t('no model files: can’t be approved') }
    : { name: t('Model'), value: `sha256 ${id}`, kind: 'code' };
}

function replacesFact(material: ReportMaterial, t: Translate): Fact {
  const replaces = recordOf(material)?.replaces;
  if (replaces === undefined) return { name: t('Replaces'), value: t('not known: approvals can’t be read here') };
  if (replaces === null) return { name: t('Replaces'), value: t('nothing: the first model') };
  return { name: t('Replaces'), value: `sha256 ${replaces}`, kind: 'code' };
}
