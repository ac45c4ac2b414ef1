import type { Reason } from '../../approval/verdict.ts';
import { t } from '../translation.ts';

/** What is not any more as it was signed, in few words; undefined for reasons of another kind. */
export function staleWords({ code }: Pick<Reason, 'code'>): string | undefined {
  switch (code) {
    case 'model-changed':
      return t('The model changed since');
    case 'policy-changed':
      return t('The policy changed since');
    case 'assessment-changed':
    case 'assessment-outdated':
      return t('A check comes out otherwise now');
    default:
      return undefined;
  }
}

export function isStale(reason: Pick<Reason, 'code'>): boolean {
  return staleWords(reason) !== undefined;
}
