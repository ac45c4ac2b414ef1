import type { Step } from '../prompts/steps.ts';
import { t } from '../translation.ts';
import { type Answers, withDetail } from './answers.ts';
import type { OpenPoint } from './open-points.ts';
import { map } from './questions.ts';
import type { Material } from './steps.ts';
import { complainAboutDay, lastWaiverDay } from './waiver-date.ts';

/** What has to be said about a point that was chosen. */
export function askDetails(material: Material, point: OpenPoint): readonly Step<Answers>[] {
  switch (point.kind) {
    case 'accept':
      return [askReason(material, point)];
    case 'waive':
      return [askReason(material, point), askUntil(material, point)];
    case 'attest':
      return point.evidence === 'none' ? [] : [askEvidence(material, point)];
  }
}

function askReason({ title, prompts }: Material, point: OpenPoint): Step<Answers> {
  return {
    id: `reason/${point.check}`,
    ask: async (answers, place) => {
      const answer = await prompts.ask({
        title,
        prompt:
          point.kind === 'waive'
            ? t('Why may “{0}” be waived? The reason is signed.', point.title)
            : t('Why is “{0}” acceptable? The reason is signed.', point.title),
        placeholder: point.explanation,
        value: answers.details.get(point.check)?.reason ?? '',
        place,
        check: (text) =>
          text.trim() === '' ? t('A reason is needed: it is what a reader will look for later.') : undefined,
      });
      return map(answer, (reason) => withDetail(answers, point.check, { reason: reason.trim() }));
    },
  };
}

function askUntil({ title, prompts, policy, now }: Material, point: OpenPoint): Step<Answers> {
  const maxDays = policy.signoff.waivers?.max_days;
  return {
    id: `until/${point.check}`,
    ask: async (answers, place) => {
      const answer = await prompts.ask({
        title,
        prompt: t('Until which day is “{0}” waived?', point.title),
        value: answers.details.get(point.check)?.until ?? lastWaiverDay(maxDays, now),
        place,
        check: (text) => complainAboutDay(text.trim(), maxDays, now),
      });
      return map(answer, (until) => withDetail(answers, point.check, { until: until.trim() }));
    },
  };
}

function askEvidence({ title, prompts }: Material, point: OpenPoint): Step<Answers> {
  const required = point.evidence === 'required';
  return {
    id: `evidence/${point.check}`,
    ask: async (answers, place) => {
      const answer = await prompts.ask({
        title,
        prompt: required
          ? t('Which file shows it? Its digest is signed. “{0}”', point.explanation)
          : t('Which file shows it, if one does? Its digest is signed. “{0}”', point.explanation),
        placeholder: t('A path below the policy’s folder, for example docs/dpia.md'),
        value: answers.details.get(point.check)?.evidence ?? '',
        place,
        check: (text) => (required && text.trim() === '' ? t('The policy asks for a file here.') : undefined),
      });
      return map(answer, (evidence) => withDetail(answers, point.check, { evidence: evidence.trim() }));
    },
  };
}
