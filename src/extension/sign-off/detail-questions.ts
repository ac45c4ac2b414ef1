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
      return [point.evidence === 'none' ? askToRead(material, point) : askEvidence(material, point)];
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

/** A list cuts a long text off, and nobody should put their name to words that they could not read. */
function askToRead({ title, prompts }: Material, point: OpenPoint): Step<Answers> {
  return {
    id: `read/${point.check}`,
    ask: async (answers, place) => {
      const answer = await prompts.ask({
        title,
        prompt: t('You say with your name: “{0}”', point.explanation),
        placeholder: t('Press Enter to say so'),
        place,
        check: (text) => (text.trim() === '' ? undefined : t('Nothing is typed here: a comment is asked for later.')),
      });
      return map(answer, () => answers);
    },
  };
}

function askEvidence({ title, prompts, complainAboutEvidence }: Material, point: OpenPoint): Step<Answers> {
  const required = point.evidence === 'required';
  return {
    id: `evidence/${point.check}`,
    ask: async (answers, place) => {
      const answer = await prompts.ask({
        title,
        prompt: required
          ? t('“{0}” Which file shows it? Its digest is signed.', point.explanation)
          : t('“{0}” Which file shows it, if one does? Its digest is signed.', point.explanation),
        placeholder: t('A path below the policy’s folder, for example docs/dpia.md'),
        value: answers.details.get(point.check)?.evidence ?? '',
        place,
        check: (text) => {
          const path = text.trim();
          if (path === '') return required ? t('The policy asks for a file here.') : undefined;
          return complainAboutEvidence(path);
        },
      });
      return map(answer, (evidence) => withDetail(answers, point.check, { evidence: evidence.trim() }));
    },
  };
}
