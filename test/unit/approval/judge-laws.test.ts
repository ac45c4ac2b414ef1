import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Verdict } from '../../../src/approval/verdict.ts';
import { sha256Hex } from '../../../src/base/hashing.ts';
import { modelIdOf } from '../../../src/evidence/model-files.ts';
import {
  ana,
  ben,
  DPIA,
  eve,
  FILES,
  MODEL,
  makeWorld,
  mallory,
  POLICY,
  type Question,
  type Signed,
} from './support/sign-off-case.ts';

/** Three models, and what anybody who holds a role might sign about them, in any order, naming whatever came before. */
const world = makeWorld(POLICY.replace(', separate_from: [author, trained_by]', ''));
const MODELS: readonly NonNullable<Question['model']>[] = [MODEL, modelWith('second'), modelWith('third')];
/** Who signs one step: often everybody who has to, sometimes one alone. */
const SIGNERS = [[ana, ben], [ana, eve], [ana, ben], [ana], [ben], [eve]] as const;
const DECISIONS = ['approve', 'approve', 'approve', 'approve', 'reject', 'revoke', 'rollback'] as const;

function modelWith(weights: string): NonNullable<Question['model']> {
  const files = [FILES[0], { name: FILES[1].name, sha256: sha256Hex(weights) }];
  return { modelId: modelIdOf(files), files };
}

/** One for each model, predecessor and outcome; the failing ones nobody waives. */
const ASSESSMENTS = MODELS.flatMap(({ modelId }) =>
  [null, ...MODELS.map((other) => other.modelId)].flatMap((baseline) =>
    (['pass', 'fail'] as const).map((auc) => {
      const bytes = world.assess({ auc }, { model_id: modelId, baseline });
      return { key: `${modelId} ${baseline} ${auc}`, bytes, sha256: sha256Hex(bytes) };
    }),
  ),
);
const DIGESTS = new Map(ASSESSMENTS.map(({ key, sha256 }) => [key, sha256]));

const plan = fc.record({
  signers: fc.nat({ max: SIGNERS.length - 1 }),
  model: fc.constantFrom(0, 1, 2),
  decision: fc.constantFrom(...DECISIONS),
  replaces: fc.constantFrom(null, 0, 1, 2),
  auc: fc.constantFrom('pass' as const, 'pass' as const, 'fail' as const),
  /** Which of the earlier ones it names. */
  names: fc.array(fc.nat({ max: 11 }), { maxLength: 3 }),
  inHead: fc.constantFrom(true, true, true, false),
});

type Plan = typeof plan extends fc.Arbitrary<infer Value> ? Value : never;

/** Each step's statements stand together in the answer. */
function signSteps(plans: readonly Plan[]): Signed[][] {
  const steps: Signed[][] = [];
  for (const [index, each] of plans.entries()) {
    const model = MODELS[each.model] ?? MODEL;
    const replaces = each.replaces === null ? null : (MODELS[each.replaces]?.modelId ?? null);
    const named = each.names.flatMap((name) => steps[name]?.map(({ id }) => id) ?? []);
    steps.push(
      (SIGNERS[each.signers] ?? []).map((by) =>
        world.sign({
          by,
          files: model.files,
          inHead: each.inHead,
          predicate: {
            decision: each.decision,
            comment: `${index}`,
            assessment: { sha256: DIGESTS.get(`${model.modelId} ${replaces} ${each.auc}`) ?? '' },
            replaces,
            supersedes: [...new Set(named)].sort(),
            attestations: by === ana || each.decision !== 'approve' ? [] : [DPIA],
          },
        }),
      ),
    );
  }
  return steps;
}

function signAll(plans: readonly Plan[]): Signed[] {
  return signSteps(plans).flat();
}

function judge(files: readonly Signed[], model: NonNullable<Question['model']> = MODEL): Verdict {
  const named = new Set(files.map(({ statement }) => statement.predicate.assessment.sha256));
  const assessments = ASSESSMENTS.filter(({ sha256 }) => named.has(sha256)).map(({ bytes }) => bytes);
  return world.verdict({ files, model, assessments });
}

const plans = fc.array(plan, { minLength: 1, maxLength: 7 });
const RUNS = { numRuns: 100 };

test('never are two models approved for one place at once', () => {
  let ofOne = 0;
  fc.assert(
    fc.property(plans, (all) => {
      const files = signAll(all);
      const approved = MODELS.filter((model) => judge(files, model).approved);
      assert.ok(approved.length <= 1, `${approved.length} models`);
      ofOne += approved.length;
    }),
    { numRuns: 200 },
  );
  assert.ok(ofOne >= 10, `only ${ofOne} of 200 stories ended with an approved model`);
});

test('order and number of files never matter', () => {
  fc.assert(
    fc.property(plans, fc.infiniteStream(fc.nat()), (all, random) => {
      const files = signAll(all);
      const shuffled = [...files, ...files].sort(() => ((random.next().value ?? 0) % 2 === 0 ? 1 : -1));
      assert.deepEqual(judge(shuffled), judge(files));
    }),
    RUNS,
  );
});

test('what counts for nothing never changes the answer', () => {
  const stranger = world.sign({ by: mallory, predicate: { role: 'risk', approver: mallory.name, decision: 'reject' } });
  const claimed = world.sign({ by: ana, predicate: { role: 'risk', approver: ben.name } });
  const elsewhere = world.sign({ by: eve, predicate: { environment: 'staging', decision: 'reject' } });
  const broken = { ...stranger, content: Buffer.from('{}') };
  fc.assert(
    fc.property(plans, (all) => {
      const files = signAll(all);
      const more = [...files, stranger, claimed, elsewhere, broken];
      for (const model of MODELS) assert.equal(judge(more, model).approved, judge(files, model).approved);
    }),
    RUNS,
  );
});

test('a rejection never lets a model in', () => {
  fc.assert(
    fc.property(plans, plan, (all, one) => {
      const files = signAll(all);
      const rejected = signAll([...all, { ...one, decision: 'reject' }]);
      for (const model of MODELS) {
        if (judge(rejected, model).approved) assert.equal(judge(files, model).approved, true);
      }
    }),
    RUNS,
  );
});

test('one more approval that names nothing never keeps its own model out', () => {
  fc.assert(
    fc.property(plans, plan, (all, one) => {
      const more = signAll([...all, { ...one, decision: 'approve', names: [] }]);
      const less = more.slice(0, -1);
      const model = MODELS[one.model] ?? MODEL;
      if (judge(less, model).approved) assert.ok(judge(more, model).approved, 'one more approval refuses it');
    }),
    RUNS,
  );
});

test('a model that is approved has a person in every seat, or one who went back to such a model', () => {
  fc.assert(
    fc.property(plans, (all) => {
      const files = signAll(all);
      for (const model of MODELS) {
        const verdict = judge(files, model);
        if (!verdict.approved) continue;
        for (const role of ['data-science', 'risk']) {
          const people = verdict.approvals.filter((approval) => approval.role === role);
          assert.ok(people.length >= 1, `${role} is empty`);
        }
        assert.ok(new Set(verdict.approvals.map(({ person }) => person)).size >= 2);
      }
    }),
    RUNS,
  );
});
