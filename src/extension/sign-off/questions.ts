import { day } from '../../report/document/times.ts';
import type { EnvironmentApprovals } from '../engine/approvals.ts';
import type { Answer, Choice } from '../prompts/prompts.ts';
import type { Step } from '../prompts/steps.ts';
import { t } from '../translation.ts';
import type { Answers } from './answers.ts';
import type { OpenPoint } from './open-points.ts';
import { openSeats } from './open-seats.ts';
import type { Material } from './steps.ts';

export function askEnvironment({ title, prompts, environments }: Material): Step<Answers> {
  return {
    id: 'environment',
    ask: async (answers, place) => {
      const answer = await prompts.pickOne({
        title,
        placeholder: t('Where is the model to go live?'),
        place,
        choices: environments.map((environment) => environmentChoice(environment, answers.environment)),
      });
      return map(answer, (environment) => ({ ...answers, environment }));
    },
  };
}

function environmentChoice(environment: EnvironmentApprovals, chosen: string | undefined): Choice<string> {
  const { name, automatic, inForce, candidate } = environment;
  const open = openSeats(environment).map((seat) => `${seat.role} (${seat.holders.join(', ')})`);
  const standing =
    candidate.standing === 'approved'
      ? t('approved')
      : t('missing: {0}', open.length === 0 ? t('nothing') : open.join(', '));
  return {
    value: name,
    label: name,
    description: automatic === 'automatic' ? `${standing} · ${t('approved automatically')}` : standing,
    detail:
      inForce === undefined
        ? t('Nothing is approved there yet.')
        : t('In force there: run {0}, until {1}.', inForce.runName, day(inForce.until)),
    chosen: name === chosen,
  };
}

export function askRole({ title, prompts }: Material, roles: readonly string[]): Step<Answers> {
  return {
    id: 'role',
    ask: async (answers, place) => {
      const answer = await prompts.pickOne({
        title,
        placeholder: t('In which role?'),
        place,
        choices: roles.map((role) => ({ value: role, label: role, icon: 'person', chosen: role === answers.role })),
      });
      return map(answer, (role) => ({ ...answers, role }));
    },
  };
}

export function askPoints({ title, prompts, preselect }: Material, points: readonly OpenPoint[]): Step<Answers> {
  return {
    id: 'points',
    ask: async (answers, place) => {
      const earlier = new Set(answers.points?.map((point) => point.check));
      const answer = await prompts.pickMany({
        title,
        placeholder: t('What do you answer for with your name? What you leave out stays open.'),
        place,
        choices: points.map((point) => ({
          value: point,
          label: point.title,
          detail: point.explanation,
          heading: headingOf(point),
          chosen: answers.points === undefined ? preselect(point) : earlier.has(point.check),
        })),
      });
      return map(answer, (chosen) => ({ ...answers, points: chosen }));
    },
  };
}

function headingOf(point: OpenPoint): string {
  switch (point.kind) {
    case 'accept':
      return t('Uncertain: accept with a reason');
    case 'waive':
      return t('Does not hold: waive for a time, with a reason');
    case 'attest':
      return t('Attest: say that it is so');
  }
}

export function askComment({ title, prompts, intention }: Material): Step<Answers> {
  return {
    id: 'comment',
    ask: async (answers, place) => {
      const answer = await prompts.ask({
        title,
        prompt:
          intention === 'reject'
            ? t('Why is the model rejected? The reason is signed.')
            : t('A comment for those who read this later (optional). It is signed.'),
        value: answers.comment ?? '',
        place,
        check: (text) => (intention === 'reject' && text.trim() === '' ? t('A rejection needs a reason.') : undefined),
      });
      return map(answer, (comment) => ({ ...answers, comment: comment.trim() }));
    },
  };
}

export function map<From, To>(answer: Answer<From>, change: (value: From) => To): Answer<To> {
  return answer.kind === 'given' ? { kind: 'given', value: change(answer.value) } : answer;
}
