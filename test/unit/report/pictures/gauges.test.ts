import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inEnglish, type Translate } from '../../../../src/base/translate.ts';
import type { Outcome } from '../../../../src/checks/outcome.ts';
import { gauges } from '../../../../src/report/pictures/gauges.ts';
import type { SceneNode } from '../../../../src/report/pictures/scene.ts';

type Shown = Pick<Outcome, 'value' | 'bound' | 'interval'>;

function drawn(shown: Shown, t: Translate = inEnglish): readonly SceneNode[] {
  const outcome = { ...shown, id: 'c', check: 'metric', title: 'T', status: 'pass', rows: 1, message: '' } as const;
  const within = (node: SceneNode): readonly SceneNode[] => [
    node,
    ...(node.children ?? []).flatMap((child) => (typeof child === 'string' ? [] : within(child))),
  ];
  return within(gauges([{ label: 'L', outcome }], 0, t));
}

function textsOf(nodes: readonly SceneNode[]): readonly string[] {
  return nodes.filter(({ tag }) => tag === 'text').map(({ children = [] }) => children.join(''));
}

/** How far the point lies from the beginning of the track to the bound. */
function shareOfBound(nodes: readonly SceneNode[]): number {
  const track = nodes.find(({ attributes }) => attributes.class === 'track')?.attributes;
  const bound = nodes.find(({ attributes }) => attributes.class === 'bound')?.attributes;
  const point = nodes.find(({ tag }) => tag === 'circle')?.attributes;
  return (Number(point?.cx) - Number(track?.x)) / (Number(bound?.x1) - Number(track?.x));
}

describe('a gauge', () => {
  test('of a ceiling begins at 0, so that one sees how much of what is allowed is used', () => {
    for (const [value, max] of [
      [0.43, 0.45],
      [0.93, 50],
      [309_507, 10_000_000],
      [1e-16, 1e-9],
    ] as const) {
      assert.ok(Math.abs(shareOfBound(drawn({ value, bound: { max }, interval: null })) - value / max) < 0.001);
    }
  });

  test('has the ends of its scale written below, within those of shares', () => {
    const texts = textsOf(drawn({ value: 0.96, bound: { min: 0.8 }, interval: [0.9, 0.99] }));
    assert.ok(texts.includes('0.7') && texts.includes('1'), texts.join(' | '));
    assert.ok(textsOf(drawn({ value: 0.5, bound: { min: 0.1 }, interval: null })).includes('0'));
    assert.ok(textsOf(drawn({ value: -2, bound: { min: -3 }, interval: null })).includes('-3.5'));
  });

  test('never shows a number of the bound cut off', () => {
    const inLongWords: Translate = (message) => `${message} in sehr vielen Worten`;
    const texts = textsOf(drawn({ value: 0, bound: { tolerance: 0.000_12 }, interval: null }, inLongWords));
    assert.ok(texts.includes('0.00012'), texts.join(' | '));
  });
});
