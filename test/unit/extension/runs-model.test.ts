import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RunLine } from '../../../src/extension/engine/run-line.ts';
import { arrangeRuns, EVERY_RUN, runsArranger } from '../../../src/extension/views/arrange-runs.ts';
import { checkedRun, runVerdicts, withChecked } from '../../../src/extension/views/run-verdicts.ts';
import { runsDescription, runsTree } from '../../../src/extension/views/runs-model.ts';
import { viewMessage, whyNothingIsShown } from '../../../src/extension/views/view-message.ts';
import { viewTrees } from '../../../src/extension/views/view-trees.ts';
import { checked, environment, outcome, snapshot } from './samples.ts';

const NOW = Date.UTC(2026, 10, 24);

function run(changes: Partial<RunLine> = {}): RunLine {
  const usual = { id: 'run-1', name: 'fox', experiment: 'credit', status: 'finished', user: 'ana' } as const;
  return { ...usual, startTime: NOW - 3_600_000, endTime: NOW, ...changes };
}

function nodesOf(runs: readonly RunLine[], changes: Partial<Parameters<typeof runsTree>[0]> = {}) {
  return runsTree({ runs, problems: [], assessed: undefined, limit: 200, ...changes }, NOW);
}

describe('the runs view', () => {
  test('begins with the newest, and offers the rest', () => {
    const runs = Array.from({ length: 10_000 }, (_, index) => run({ id: `run-${index}` }));
    const nodes = nodesOf(runs);
    assert.equal(nodes.length, 201);
    assert.equal(nodes.at(-1)?.description, '9,800 older runs');
    assert.equal(nodes.at(-1)?.command?.id, 'modelSignoff.internal.showMoreRuns');
    assert.equal(nodesOf(runs, { limit: 400 }).length, 401);
    const most = nodesOf(runs, { limit: 10_000 });
    assert.equal(most.length, 1_001);
    assert.equal(most.at(-1)?.command?.id, 'modelSignoff.filterRuns');
  });

  test('names the experiment only where there are several', () => {
    assert.equal(nodesOf([run(), run({ id: 'run-2' })])[0]?.description, '1 h ago');
    const [, second] = nodesOf([run(), run({ id: 'run-2', experiment: 'fraud' })]);
    assert.equal(second?.description, 'fraud · 1 h ago');
  });

  test('says under which names the shown run’s model is registered', () => {
    const { assessed } = checked([]);
    assert.ok(assessed);
    const registered = [
      { name: 'churn', version: '3', aliases: ['champion', 'live'] },
      { name: 'churn', version: '2', aliases: [] },
    ];
    const [shown, other] = nodesOf([run(), run({ id: 'run-2' })], { assessed: { ...assessed, registered } });
    assert.match(shown?.tooltip ?? '', /\nRegistered as churn v3 \(champion, live\)\nRegistered as churn v2$/);
    assert.doesNotMatch(other?.tooltip ?? '', /Registered/);
  });

  test('says first which runs could not be read', () => {
    const problem = { code: 'run-unreadable', severity: 'warning', message: 'The run “x” can’t be read.' } as const;
    assert.equal(nodesOf([run()], { problems: [problem] })[0]?.label, problem.message);
    const [first, second] = nodesOf([run()], { problems: [problem, problem] });
    assert.equal(first?.label, '2 runs can’t be read');
    assert.equal(second?.id, 'run/run-1');
  });

  test('is described by where its runs come from, and how many there are', () => {
    const source = { kind: 'mlflow-files', location: 'mlruns' } as const;
    const runs = Array.from({ length: 10_000 }, () => run());
    assert.equal(runsDescription({ source, runs }), 'mlruns · 10,000 runs');
    assert.equal(runsDescription({ source, runs: [run()] }), 'mlruns · 1 run');
    assert.equal(runsDescription({ source: undefined, runs: [] }), undefined);
  });
});

describe('runs that are wanted', () => {
  const none = new Map();
  const runs = [
    run({ id: 'a', name: 'run-10', user: 'ben', startTime: NOW - 1000, endTime: NOW }),
    run({ id: 'b', name: 'run-9', status: 'failed', startTime: NOW - 9000, endTime: NOW }),
    run({ id: 'c', name: 'Fox', startTime: NOW - 5000, endTime: undefined }),
  ];
  const idsOf = (changes: Partial<typeof EVERY_RUN>, verdicts: Parameters<typeof arrangeRuns>[2] = none) =>
    arrangeRuns(runs, { ...EVERY_RUN, ...changes }, verdicts)
      .map(({ id }) => id)
      .join('');

  test('mention every word, in whatever place and case', () => {
    assert.equal(idsOf({ words: 'RUN' }), 'ab');
    assert.equal(idsOf({ words: ' run  ben ' }), 'a');
    assert.equal(idsOf({ words: 'failed' }), 'b');
    assert.equal(idsOf({ words: 'force' }, new Map([['c', { words: 'in force in production', tone: 'good' }]])), 'c');
    assert.equal(idsOf({ words: 'nowhere' }), '');
  });

  test('stand in the order that was chosen, numbers in names in their own', () => {
    assert.equal(idsOf({ order: 'oldest' }), 'cba');
    assert.equal(idsOf({ order: 'name' }), 'cba');
    assert.equal(idsOf({ order: 'longest' }), 'bac');
    const verdicts = new Map([
      ['b', { words: 'x', tone: 'bad' }],
      ['c', { words: 'y', tone: 'good' }],
    ] as const);
    assert.equal(idsOf({ order: 'verdict' }, verdicts), 'cba');
  });

  test('are arranged again only where something differs', () => {
    const arrange = runsArranger();
    const choice = { words: 'run', order: 'name' } as const;
    const first = arrange(runs, choice, none);
    assert.equal(arrange(runs, choice, none), first);
    assert.notEqual(arrange(runs, { ...choice }, none), first);
  });

  test('leave a line about those that a filter hides, with the way back', () => {
    const nodes = nodesOf(runs, { choice: { words: 'fox', order: 'newest' } });
    assert.deepEqual(
      nodes.map(({ label }) => label),
      ['Fox', '2 runs are hidden'],
    );
    assert.deepEqual(nodes[1]?.command?.arguments, ['']);
  });
});

describe('the verdict on a run', () => {
  const { assessed } = checked([outcome(), outcome({ id: 'other', status: 'fail' })]);
  assert.ok(assessed);
  const { assessment } = assessed;

  test('is what came of its checks, until somebody signs', () => {
    const remembered = withChecked([], checkedRun(assessment, assessment.outcomes, NOW));
    assert.equal(runVerdicts(remembered, []).get('run-1')?.words, '1 of 2 hold');
    const turns = [{ run: 'run-1', state: 'in force' }] as never;
    const history = { environment: 'production', turns, objections: [] };
    const environments = [{ ...environment(), history }];
    assert.equal(runVerdicts(remembered, environments).get('run-1')?.words, 'in force in production');
  });

  test('of a rejection that stands is the rejection', () => {
    const objections = [{ run: 'run-1', decision: 'reject', state: 'blocks' }] as never;
    const environments = [{ ...environment(), history: { environment: 'production', turns: [], objections } }];
    assert.deepEqual(runVerdicts([], environments).get('run-1'), { words: 'rejected for production', tone: 'bad' });
  });

  test('under another policy says nothing any more', () => {
    const earlier = withChecked([], checkedRun(assessment, assessment.outcomes, NOW));
    const policy = { ...assessment.policy, sha256: 'e'.repeat(64) };
    const later = withChecked(
      earlier,
      checkedRun({ ...assessment, run: { ...assessment.run, id: 'run-2' }, policy }, [], NOW),
    );
    assert.deepEqual(
      later.map(({ run: id }) => id),
      ['run-2'],
    );
  });

  test('stands beside the run', () => {
    const verdicts = new Map([['run-1', { words: '1 of 2 hold', tone: 'warning' }]] as const);
    assert.equal(nodesOf([run()], { verdicts })[0]?.description, '1 of 2 hold · 1 h ago');
  });
});

describe('what stands above a view', () => {
  test('is nothing while all is well', () => {
    assert.equal(viewMessage('watching', undefined), undefined);
  });

  test('says when changes are not noticed, and what to do', () => {
    assert.match(viewMessage('refused', undefined) ?? '', /not noticed by themselves.*Refresh/);
  });

  test('says why a policy with mistakes leaves a view empty', () => {
    const problem = { code: 'unknown-key', severity: 'error', message: 'A mistake.' } as const;
    assert.match(whyNothingIsShown({ policyProblems: [problem] }) ?? '', /while the policy has mistakes/);
    assert.equal(whyNothingIsShown({ policyProblems: [{ ...problem, severity: 'warning' }] }), undefined);
  });

  test('says what long work is about', () => {
    assert.equal(
      viewMessage('refused', { message: 'Fetching model.pkl', fraction: 0.419 }),
      'Fetching model.pkl… 41 %',
    );
  });
});

describe('a server that refuses to answer', () => {
  test('has a line below it that sets the credential', () => {
    const { checklist } = viewTrees({
      ...{ now: () => NOW, runsLimit: () => 200, checkedRuns: () => [], rings: () => [] },
      choice: () => ({ statuses: undefined, runs: EVERY_RUN }),
    });
    const refusing = (code: string) =>
      checklist(snapshot({ obstacle: { code, severity: 'error', message: 'No.' } })).map(({ command }) => command?.id);
    assert.deepEqual(refusing('server-unauthorized').at(-1), 'modelSignoff.setServerCredential');
    assert.deepEqual(refusing('http-forbidden').at(-1), 'modelSignoff.setServerCredential');
    assert.equal(refusing('http-missing').length, 1);
  });
});
