import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { Coalescer } from '../../../src/extension/state/coalescer.ts';
import { lookFor, readingOf, widestLook } from '../../../src/extension/state/look.ts';

describe('many requests in a row', () => {
  let clock = 0;
  beforeEach(() => {
    clock = 0;
    mock.timers.enable({ apis: ['setTimeout'] });
    mock.method(performance, 'now', () => clock);
  });
  afterEach(() => {
    mock.timers.reset();
    mock.restoreAll();
  });
  const pass = (ms: number): void => {
    clock += ms;
    mock.timers.tick(ms);
  };

  function recorded(): {
    coalescer: Coalescer<readonly number[]>;
    acted: { at: number; request: readonly number[] }[];
  } {
    const acted: { at: number; request: readonly number[] }[] = [];
    const coalescer = new Coalescer<readonly number[]>({
      quietMs: 300,
      mostMs: 2_000,
      merge: (one, other) => [...one, ...other],
      act: (request) => acted.push({ at: clock, request }),
    });
    return { coalescer, acted };
  }

  test('become one, once it is quiet', () => {
    const { coalescer, acted } = recorded();
    for (const number of [1, 2, 3]) {
      coalescer.ask([number]);
      pass(100);
    }
    pass(200);
    assert.deepEqual(acted, [{ at: 500, request: [1, 2, 3] }]);
    pass(10_000);
    assert.equal(acted.length, 1);
  });

  test('that never end are answered every two seconds, and nothing is lost', () => {
    const { coalescer, acted } = recorded();
    for (let ms = 0; ms < 10_000; ms += 1) {
      coalescer.ask([ms]);
      pass(1);
    }
    assert.deepEqual(
      acted.map(({ at }) => at),
      [2_000, 4_000, 6_000, 8_000, 10_000],
    );
    assert.equal(acted.flatMap(({ request }) => request).length, 10_000);
  });

  test('can be taken over by whoever looks at once', () => {
    const { coalescer, acted } = recorded();
    coalescer.ask([1]);
    assert.deepEqual(coalescer.take(), [1]);
    pass(5_000);
    assert.deepEqual(acted, []);
  });
});

describe('two reasons to look', () => {
  test('are answered by the wider look, which knows all changes', () => {
    const both = widestLook(lookFor('changes', ['/a']), lookFor('changes', ['/b', '/a']));
    assert.deepEqual(readingOf(both), { kind: 'changes', paths: ['/a', '/b'] });
    assert.equal(both.approvals, 'kept if possible');
    assert.equal(widestLook(lookFor('approvals'), lookFor('everything')).scope, 'everything');
    assert.equal(widestLook(lookFor('anew'), lookFor('everything')).scope, 'anew');
  });

  test('of which one is about approvals have these read again', () => {
    const both = widestLook(lookFor('approvals'), lookFor('changes', ['/a']));
    assert.deepEqual([both.scope, both.approvals], ['changes', 'read again']);
  });

  test('with more changes than are worth telling apart have everything read', () => {
    const paths = Array.from({ length: 3_000 }, (_, index) => `/store/${index}`);
    assert.deepEqual(readingOf(lookFor('changes', paths)), { kind: 'whole' });
  });
});
