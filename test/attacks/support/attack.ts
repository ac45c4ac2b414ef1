import assert from 'node:assert/strict';
import { sha256Hex } from '../../../src/base/hashing.ts';
import type { Outcome } from '../../../src/checks/outcome.ts';
import { parseAssessment } from '../../../src/checks/serialise.ts';
import {
  ana,
  ben,
  DPIA,
  eve,
  MODEL,
  makeWorld,
  NOW,
  OTHER_FILES,
  OTHER_MODEL,
  SIGNERS,
  type Signed,
  type Signing,
} from '../../unit/approval/support/sign-off-case.ts';
import type { Recipe } from './recipe.ts';

/** What an attacker with push rights does, and the code that must refuse it. The file's name says what it is. */
export interface Attack {
  /** Stands among the reasons; of a file that belongs to another question, among the ignored ones. */
  readonly code: string;
  readonly recipe: Recipe;
}

const world = makeWorld();
export const { sign, assess } = world;
export const goodAna = sign({ by: ana });
export const goodBen = sign({ by: ben });

/** Ben's approval is replaced by a forged one: the risk seat must stay empty, for the reason given. */
export function forgedBen(signing: Partial<Signing>, recipe: Partial<Recipe> = {}): Recipe {
  return { approvals: [goodAna, sign({ by: ben, ...signing })], ...recipe };
}

/** Both approve, but under other circumstances than those that are judged. */
export function bothSay(predicate: Signing['predicate'], recipe: Partial<Recipe> = {}): Recipe {
  return { approvals: [ana, ben].map((by) => sign({ by, predicate: { ...predicate } })), ...recipe };
}

/** Both sign an assessment in which something is not as it should be. */
export function bothSignAssessment(bytes: Uint8Array, predicate: Signing['predicate'] = {}): Recipe {
  return bothSay({ assessment: { sha256: sha256Hex(bytes) }, ...predicate }, { assessments: [bytes] });
}

/** The assessment with its outcomes changed. */
export function withOutcomes(change: (outcomes: readonly Outcome[]) => Outcome[]): Uint8Array {
  return assess({}, { outcomes: change(parseAssessment(assess()).value?.outcomes ?? []) });
}

/** Replaces a text in the bytes; that it is there is asserted, so that no attack is empty. */
export function edited(from: string | RegExp, to: string): (bytes: Uint8Array) => Buffer {
  return (bytes) => {
    const text = Buffer.from(bytes).toString('utf8');
    const changed = text.replace(from, to);
    assert.notEqual(changed, text, `the attack's own text ${from} is there`);
    return Buffer.from(changed, 'utf8');
  };
}

export function reject(by: typeof ana, predicate: Signing['predicate'] = {}, more: Partial<Signing> = {}): Signed {
  return sign({ by, ...more, predicate: { decision: 'reject', attestations: [], comment: 'unfair', ...predicate } });
}

export function revoke(by: typeof ana, ...revoked: readonly Signed[]): Signed {
  return sign({ by, predicate: { decision: 'revoke', attestations: [], supersedes: revoked.map(({ id }) => id) } });
}

/** Eve, who holds the risk role as Ben does, approves and so takes a rejection back. */
export function liftedByEve(rejection: Signed): Signed {
  return sign({ by: eve, predicate: { supersedes: [rejection.id], attestations: [DPIA] } });
}

/** `YYYY-MM-DD`, so many days from now. */
export function day(offset: number): string {
  return new Date(NOW + offset * 86_400_000).toISOString().slice(0, 10);
}

/** So many milliseconds from now. */
export function instant(offset: number): string {
  return `${new Date(NOW + offset).toISOString().slice(0, 19)}Z`;
}

/** The signers, with one person's key valid only before or after some time. */
export function withKeyOf(person: typeof ana, validity: string): string {
  return SIGNERS.replace(person.line, person.line.replace('namespaces', `${validity},namespaces`));
}

export const PAST = 'valid-before="20260601Z"';
export const FUTURE = 'valid-after="20270101Z"';

export const failing = assess({ auc: 'fail' });
export const ofFailing = { assessment: { sha256: sha256Hex(failing) } };
export const uncertain = assess({ auc: 'uncertain' });
export const waiver = { check: 'auc', reason: 'known dip', until: day(10) };

/** Both approve the other model in place of the first, with a complete quorum. */
export const onOther = assess({}, { model_id: OTHER_MODEL.modelId, baseline: MODEL.modelId });
export const successors = [ana, ben].map((by) =>
  sign({
    by,
    files: OTHER_FILES,
    predicate: { assessment: { sha256: sha256Hex(onOther) }, replaces: MODEL.modelId },
  }),
);
/** Both approve the other model as if the first were not there. */
export const rivalAssessment = assess({}, { model_id: OTHER_MODEL.modelId });
export const rivals = [ana, ben].map((by) =>
  sign({ by, files: OTHER_FILES, predicate: { assessment: { sha256: sha256Hex(rivalAssessment) } } }),
);

/** Ben, or somebody else, goes back from the other model to the first. */
export function rollBack(by: typeof ana, predicate: Signing['predicate'] = {}, more: Partial<Signing> = {}): Signed {
  const said = { comment: 'It turned everybody down', attestations: [], supersedes: successors.map(({ id }) => id) };
  const rollback = { decision: 'rollback', replaces: OTHER_MODEL.modelId, ...said } as const;
  return sign({ by, ...more, predicate: { ...rollback, ...predicate } });
}

/** The first model, the other one that replaced it, and the rollback to the first. */
export function rolledBack(rollback = rollBack(ben), recipe: Partial<Recipe> = {}): Recipe {
  return { approvals: [goodAna, goodBen, ...successors, rollback], assessments: [assess(), onOther], ...recipe };
}

/** The other model with a check that fails and nobody waived, signed by everybody all the same. */
export const failingOnOther = assess({ auc: 'fail' }, { model_id: OTHER_MODEL.modelId, baseline: MODEL.modelId });
export const failingSuccessors = [ana, ben].map((by) =>
  sign({
    by,
    files: OTHER_FILES,
    predicate: { assessment: { sha256: sha256Hex(failingOnOther) }, replaces: MODEL.modelId },
  }),
);
