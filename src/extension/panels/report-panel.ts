import { assessmentDocument } from '../../report/document/assessment-document.ts';
import type { ReportMaterial } from '../../report/document/report-material.ts';
import type { PanelDocument } from '../protocol.ts';
import { t } from '../translation.ts';

/** The report as a panel shows it: the very document that *Save Report* writes, and what can be done about it. */
export function reportPanel(material: ReportMaterial, trust: 'trusted' | 'untrusted'): PanelDocument {
  return {
    ...assessmentDocument(material, t),
    filter: t('Only what needs somebody'),
    actions: [
      ...(trust === 'trusted'
        ? [{ action: 'signOff' as const, label: t('Sign Off…'), appearance: 'primary' as const }]
        : []),
      { action: 'openMetrics', label: t('Metrics'), appearance: 'secondary' },
      { action: 'saveReport', label: t('Save…'), appearance: 'secondary' },
      { action: 'check', label: t('Check Again'), appearance: 'secondary' },
    ],
  };
}
